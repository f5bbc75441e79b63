public import ExchangeRules

/// How a call's failure is told to an operator: what it means by its canonical status, what to do,
/// and the sentence that the node sent.
public struct FailureText: Sendable, Hashable {
  /// The canonical status, 1 to 16.
  public var status: Int
  /// The stable word of the node.
  public var reason: String
  /// The field at fault; may be empty.
  public var field: String
  /// The node's sentence.
  public var text: String
  /// By what an administrator finds it in the nodes' logs; may be empty.
  public var trace: String

  /// A failure of its parts.
  public init(status: Int, reason: String, field: String, text: String, trace: String = "") {
    self.status = status
    self.reason = reason
    self.field = field
    self.text = text
    self.trace = trace
  }

  /// Where people read it: a remedy has another name at a command line than on a page.
  public enum Surface: Sendable, Hashable {
    /// A command line, with the commands of `xiecha`.
    case terminal
    /// A page of the desk.
    case browser
  }

  /// The failure in one line, with the remedy.
  public func line(in language: Language, on surface: Surface = .terminal) -> String {
    let onPage = surface == .browser ? onPage : nil
    let known = onPage ?? known
    let meaning = (known ?? meaning)[language]
    let place = field.isEmpty ? "" : language == .chinese ? "（\(field)）" : " (\(field))"
    // What is known by its reason is told whole; a sentence in another language adds nothing then.
    let isSaid = onPage != nil || known != nil && !TwoLanguages.hasTwo(text)
    let detail = text.isEmpty ? reason : sentence(in: language)
    let end = isSaid ? "" : (language == .chinese ? "：" : ": ") + detail + command(on: surface)
    let found = trace.isEmpty ? "" : language == .chinese ? " 追踪号 \(trace)" : " trace \(trace)"
    return "\(meaning)\(place)\(end) [\(reason)]\(found)"
  }

  /// The command that the node's sentence calls for, which only a command line has.
  private func command(on surface: Surface) -> String {
    surface == .terminal && reason == "password-expired" ? " (xiecha password)" : ""
  }

  /// The node's sentence; what is wrong with a message as such is said by the protocol, in English.
  private func sentence(in language: Language) -> String {
    if language == .chinese, !TwoLanguages.hasTwo(text), let ofMessage { return ofMessage }
    return TwoLanguages.part(of: text, in: language)
  }

  /// In Chinese, why a value was refused before anybody looked at what it means
  /// (`Protos/PROTOCOL.md`, the reasons of messages); nil for other reasons.
  private var ofMessage: String? {
    // The bound stands in the protocol's sentence.
    let numbers = text.split { !$0.isNumber && $0 != "." }
    let bound = numbers.first.map { " \($0) " } ?? ""
    switch reason {
    case "missing-field": return "必须填写"
    case "too-long":
      return bound.isEmpty ? "太长，请缩短" : "最多\(bound)字节（一个汉字占 3 字节），请缩短"
    case "wrong-length": return bound.isEmpty ? "长度不对" : "长度须为\(bound)字节"
    case "too-many": return bound.isEmpty ? "数量过多，请分批" : "最多\(bound)个，请分批"
    case "not-utf8": return "文字编码不是 UTF-8，请转换后再试"
    case "nul-in-text": return "含有不可见的空字符，请删除"
    case "unknown-value": return "节点的版本不认识该取值，请另选，或升级后再试"
    case "out-of-range": return bound.isEmpty ? "数值超出范围" : "数值须在\(bound)之内"
    case "not-a-date": return "不是有效的日期，请按年月日填写，如 20270131"
    case "message-too-large": return "内容过大，请分批"
    case "malformed-message": return "程序与节点的版本不合，请升级后再试"
    default: return nil
    }
  }

  /// How the program ends on it.
  public var exit: ProgramExit {
    if isOfCertificates { return .credentials }
    switch status {
    case 16: return .credentials
    case 1, 4, 14: return .unreachable
    case 2, 12, 13, 15: return .failure
    default: return .refused
    }
  }

  /// What is to be done on a page, where the terminal's way names a command or an option.
  private var onPage: BilingualText? {
    switch reason {
    case "tls" where text.hasPrefix("untrusted-peer:") || text.hasPrefix("wrong-peer:"):
      return BilingualText(
        chinese: "工作台连上的不是它的节点；请告知管理员核对工作台的设置",
        english:
          "the desk did not reach its own node; tell its administrator to check the desk's settings"
      )
    default: break
    }
    guard status == 16, known == nil || reason == "signed-out" else { return nil }
    return BilingualText(
      chinese: "登录已结束（密码或权限已变更，或登录已到期），请重新登录",
      english:
        "the session is over (the password or the rights were changed, or it ended); sign in again")
  }

  /// What a reason means that the status alone would tell wrongly or in part; nil where it does not.
  private var known: BilingualText? {
    switch reason {
    case "authentication-failed":
      BilingualText(
        chinese: "账号或密码不对，或账号已停用；连续输错会暂时锁定账号，请核对后再试，忘记密码请找管理员",
        english:
          "account or password is wrong, or the account is switched off; several wrong passwords lock "
          + "it for a while: check both, or ask the administrator for a new password")
    case "signed-out":
      BilingualText(
        chinese: "登录已失效（密码或权限已变更，或登录已到期），请重新登录：xiecha sign-in",
        english:
          "the session is over (the password or the rights were changed, or it ended); sign in again: "
          + "xiecha sign-in")
    case "session-displaced":
      BilingualText(
        chinese: "该账号又在别处登录，超过允许的登录数，此次登录已结束；如非本人，请立即更改密码",
        english:
          "the account has signed in elsewhere as often as it may, so this session has ended; if that "
          + "was not you, change your password at once")
    case "session-idle":
      BilingualText(
        chinese: "登录后长时间未操作，已自动退出，请重新登录",
        english: "the session was left alone for too long and has ended; sign in again")
    case "certificate-required":
      BilingualText(
        chinese: "密码之外还须出示本人证书（第二因素）；没有证书的，请向安全管理员申领",
        english:
          "beside the password your own certificate is needed (the second factor); ask the security "
          + "administrator for one")
    case "server-not-proven":
      BilingualText(
        chinese: "对方不能证明自己是该节点，未继续；请核对节点地址，并告知管理员",
        english:
          "the other side could not prove that it is the node, so nothing went on; check the node's "
          + "address and tell the administrator")
    case "certificate":
      BilingualText(
        chinese: "证书已失效（已吊销或到期），连接被终止；请找管理员换发证书",
        english:
          "a certificate counts no more (revoked, or ended), so the connection was ended; have a new "
          + "one issued")
    case "disk-full":
      BilingualText(
        chinese: "节点磁盘已满，什么也没有保存；请告知节点管理员腾出空间后再试",
        english:
          "the node's disk is full and nothing was kept; tell its administrator to free space, then "
          + "try again")
    case "cannot-sign":
      BilingualText(
        chinese: "节点时钟不在其证书有效期内，什么也没有保存；请告知节点管理员校正时钟或更换证书",
        english:
          "the node's clock is outside the validity of its certificate and nothing was kept; tell its "
          + "administrator to set the clock or renew the certificate")
    case "ledger":
      BilingualText(
        chinese: "已连上节点，但节点的数据库不能用，什么也没有保存；请告知节点管理员",
        english:
          "the node was reached and its ledger cannot be used; nothing was kept: tell its administrator"
      )
    case "busy", "overloaded":
      BilingualText(
        chinese: "节点正忙，请过一会再试", english: "the node has too much to do; try again in a while")
    case "unsupported-version":
      BilingualText(
        chinese: "本程序与节点的版本不合；请升级较旧的一方后再试",
        english: "this program and the node have no version in common; update the older one")
    case "tls": handshake
    default: nil
    }
  }

  /// A handshake that failed, by the word with which its sentence begins.
  private var handshake: BilingualText? {
    switch text.prefix(while: { $0 != ":" }) {
    case "peer-out-of-date":
      BilingualText(
        chinese: "已连上节点，但节点的证书已过期或尚未生效；请告知节点管理员换发证书，并核对本机时间",
        english:
          "the node was reached and its certificate has ended, or does not hold yet; tell its "
          + "administrator to renew it, and check this machine's clock")
    case "peer-revoked":
      BilingualText(
        chinese: "已连上节点，但节点的证书已被吊销；请告知节点管理员",
        english: "the node was reached and its certificate was revoked; tell its administrator")
    case "revocation-list-out-of-date":
      BilingualText(
        chinese: "吊销列表已过期，无法核实节点；请管理员更新吊销列表",
        english:
          "the revocation list is past its time, so the node cannot be believed; have it issued again"
      )
    case "untrusted-peer":
      BilingualText(
        chinese: "已连上节点，但其证书不是本网络颁发的；请核对 --trust 和节点地址",
        english:
          "the node was reached and its certificate is not of this network's authority; check --trust "
          + "and the node's address")
    case "wrong-peer":
      BilingualText(
        chinese: "连上的是别的节点；请核对节点地址和 --division",
        english: "another node was reached; check the node's address and --division")
    case "no-common-protocol", "no-common-version", "malformed-record":
      BilingualText(
        chinese: "该地址上的程序不是协查节点，或版本不合；请核对节点地址",
        english: "what answers there is no node of Xiecha, or of another version; check the address"
      )
    default: nil
    }
  }

  /// Whether a certificate or a list is why the other side is not believed.
  private var isOfCertificates: Bool {
    let kinds = [
      "peer-out-of-date", "peer-revoked", "revocation-list-out-of-date", "untrusted-peer",
    ]
    return reason == "tls" && kinds.contains { text.hasPrefix($0 + ":") }
  }

  private var meaning: BilingualText {
    switch status {
    case 1: BilingualText(chinese: "操作已取消", english: "cancelled")
    case 3: BilingualText(chinese: "内容有误，请更正后再试", english: "the request is wrong; correct it")
    case 4:
      BilingualText(
        chinese: "节点未及时答复，可以再试，不会重复录入",
        english: "the node did not answer in time; try again, nothing is entered twice")
    case 5: BilingualText(chinese: "没有找到", english: "not found")
    case 6: BilingualText(chinese: "已存在，但内容不同", english: "it exists with other content")
    case 7:
      BilingualText(chinese: "您的角色或辖区无权进行此操作", english: "your role or division may not do this")
    case 8: BilingualText(chinese: "超出限额，请稍后再试", english: "a limit is reached; try again later")
    case 9, 10:
      BilingualText(
        chinese: "当前状态下不能进行此操作", english: "the state of the item does not allow it now")
    case 11: BilingualText(chinese: "超出范围", english: "out of range")
    case 14:
      BilingualText(
        chinese: "连接不上节点，请检查网络后再试", english: "the node cannot be reached; try again later")
    case 16:
      BilingualText(
        chinese: "未登录或登录已失效，请用 xiecha sign-in 登录",
        english: "not signed in, or the session has ended; use xiecha sign-in")
    default:
      BilingualText(chinese: "节点出错，请联系管理员", english: "the node failed; tell the administrator")
    }
  }
}
