import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Foundation
import Operator
import Presentation
import Program
import RPC

/// `xiecha sign-in`.
struct SignInCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sign-in", abstract: "登录到节点 · Sign in to a node.",
    discussion: """
      密码从终端、文件或环境变量 XIECHA_PASSWORD 读取，从不写在命令行上。再次登录同一名称时，其余选项可省略。
      The password is typed, or comes from a file or from XIECHA_PASSWORD; never from the command \
      line. To sign in again under the same name the other options can be left out.
      """)

  @Argument(help: "登录的名称，由您自定 · A name of your choice for this sign-in.")
  var profile: String

  @Option(help: "节点地址，多个用逗号分隔 · The node, HOST:PORT; several with commas between.")
  var node: String?

  @Option(help: "节点的行政区划代码 · The node's division.")
  var division: String?

  @Option(help: "账号 · Your account.")
  var account: String?

  @Option(help: "证书颁发机构的证书文件 · The authority's certificate file.")
  var trust: String?

  @Option(
    help: "本人的证书文件（第二因素）· Your own certificate, where your role needs one (the second factor).")
  var certificate: String?

  @Option(help: "证书的私钥文件，默认同名 .key · Its private key; the same name with .key by default.")
  var key: String?

  @Option(help: "密码文件（0600）· A file with the password, mode 0600.")
  var passwordFile: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    guard ProfileStore.isName(profile) else {
      throw ProgramFailure(
        .badInput, "profile", chinese: "名称只能用字母、数字、- 和 _",
        english: "a name has letters, digits, - and _")
    }
    let store = ProfileStore()
    var profile = try settings(over: store.existing(self.profile))
    let password = try PasswordEntry.password(
      file: passwordFile, for: profile.account, console: console)
    let (session, who) = try await NodeSession.with(
      profile, signIn: SignIn(name: profile.account, password: password)
    ) { node in
      let who = try await node.call(Account.whoAmI, WhoAmIRequest())
      return (try await node.call(Account.openSession, OpenSessionRequest()), who)
    }
    profile.session = Profile.Session(
      name: session.name, secret: session.secret, expires: session.expires)
    try store.save(profile, as: self.profile)
    try console.show(WhoAmIView(reply: who, expires: session.expires).page(in: console.language))
    return .done
  }

  /// What was given, over what an earlier sign-in of the name remembers.
  private func settings(over earlier: Profile?) throws -> Profile {
    func need(_ value: String?, _ option: String) throws -> String {
      if let value, !value.isEmpty { return value }
      throw ProgramFailure(
        .badInput, option, chinese: "首次登录需要 --\(option)",
        english: "the first sign-in of a name needs --\(option)")
    }
    /// The certificate names it in half width; what is no code is told by the node's refusal.
    func read(_ division: String) -> String {
      (try? WrittenDivision.read(division))?.value.description ?? division
    }
    func absolute(_ path: String) -> String {
      URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }
    let beside = certificate.map {
      URL(filePath: $0).deletingPathExtension().appendingPathExtension("key")
        .path(percentEncoded: false)
    }
    let trust = trust.map(absolute)
    return Profile(
      node: try need(node ?? earlier?.node, "node"),
      division: try read(need(division ?? earlier?.division, "division")),
      account: try need(account ?? earlier?.account, "account"),
      trust: try need(trust ?? earlier?.trust, "trust"),
      certificate: certificate.map(absolute) ?? earlier?.certificate,
      key: (key ?? beside).map(absolute) ?? earlier?.key)
  }
}
