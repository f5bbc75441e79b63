import ExchangeRules
import Presentation
import Testing

@Suite("What operators read, in Chinese and in English")
struct LabelTests {
  static let pairs: [BilingualText] =
    Label.allCases.map(\.text) + ItemState.allCases.map(\.label) + EventKind.allCases.map(\.label)

  @Test("every label has both languages, the Chinese one in Chinese")
  func both() {
    for pair in LabelTests.pairs {
      #expect(pair.chinese.unicodeScalars.contains { $0.value >= 0x4E00 })
      #expect(!pair.english.isEmpty && pair.english.utf8.count == pair.english.count)
    }
  }

  @Test("no two columns of a table can be confused")
  func unique() {
    #expect(Set(Label.allCases.map(\.text)).count == Label.allCases.count)
    #expect(Set(ItemState.allCases.map(\.label)).count == ItemState.allCases.count)
  }

  @Test(
    "a state is asked for by its word, its label, or the label without 已",
    arguments: [
      ("received", ItemState.received), ("Received", .received), ("已接收", .received),
      ("接收", .received),
    ])
  func stage(word: String, stage: ItemState) {
    #expect(ItemState(word: word) == stage)
    #expect(ItemState(word: "no such") == nil)
  }

  @Test(
    "each status of a call ends the program with its code",
    arguments: [
      (16, ProgramExit.credentials), (14, .unreachable), (4, .unreachable), (1, .unreachable),
      (3, .refused), (5, .refused), (6, .refused), (7, .refused), (8, .refused), (9, .refused),
      (10, .refused), (11, .refused), (2, .failure), (12, .failure), (13, .failure), (15, .failure),
    ])
  func exitCodes(status: Int, code: ProgramExit) {
    let failure = FailureText(status: status, reason: "wrong-state", field: "id", text: "no")
    #expect(failure.exit == code)
    for language in Language.allCases {
      #expect(failure.line(in: language).contains("[wrong-state]"))
      #expect(failure.line(in: language).contains("id"))
    }
  }

  @Test(
    "a failure is told as what it is: no network is blamed for a disk, a password or a certificate",
    arguments: [
      (
        16, "authentication-failed", "the name and the secret do not match", "账号或密码不对",
        ProgramExit.credentials
      ),
      (8, "disk-full", "节点磁盘已满，未保存 / the node's disk is full", "节点磁盘已满", .refused),
      (14, "cannot-sign", "节点时钟不在其证书有效期内，未保存 / x", "节点时钟不在其证书有效期内", .unreachable),
      (14, "ledger", "节点存储暂不可用 / the store cannot be used", "已连上节点，但节点的数据库不能用", .unreachable),
      (14, "tls", "peer-out-of-date: certificate has expired", "已连上节点，但节点的证书已过期", .credentials),
      (14, "tls", "revocation-list-out-of-date: CRL has expired", "吊销列表已过期", .credentials),
      (14, "tls", "untrusted-peer: self-signed", "已连上节点，但其证书不是本网络颁发的", .credentials),
      (14, "tls", "wrong-peer: 440000", "连上的是别的节点", .unreachable),
      (14, "tls", "truncated: ended", "连接不上节点", .unreachable),
      (14, "unreachable", "127.0.0.1:1 cannot be reached", "连接不上节点", .unreachable),
    ])
  func causes(status: Int, reason: String, text: String, start: String, exit: ProgramExit) {
    let failure = FailureText(status: status, reason: reason, field: "", text: text)
    let line = failure.line(in: .chinese)
    #expect(line.hasPrefix(start) && line.hasSuffix("[\(reason)]"), "\(line)")
    #expect(failure.exit == exit)
    #expect(
      !failure.line(in: .english).hasPrefix("the node cannot be reached") || start == "连接不上节点")
  }

  @Test(
    "moments are shown in China Standard Time",
    arguments: [
      (0, "1970-01-01 08:00:00"), (1_740_758_400_000, "2025-03-01 00:00:00"),
      (1_740_758_399_999, "2025-02-28 23:59:59"), (-28_800_001, "1969-12-31 23:59:59"),
    ] as [(Int64, String)])
  func moment(milliseconds: Int64, text: String) {
    #expect(ChinaTime.text(milliseconds) == text)
  }

  @Test("no moment, however far, traps")
  func extremes() {
    #expect(ChinaTime.text(.max) == "")
    #expect(ChinaTime.text(.min).hasPrefix("0001-01-01"))
    #expect(CivilDate(chinaDateOf: 1_740_758_399_999).description == "2025-02-28")
    #expect(CivilDate(chinaDateOf: .max) == .latest)
  }

  @Test("a node's sentence in two languages is shown in the operator's")
  func twoLanguages() {
    #expect(TwoLanguages.part(of: "缺少姓名 / no name", in: .chinese) == "缺少姓名")
    #expect(TwoLanguages.part(of: "缺少姓名 / no name", in: .english) == "no name")
    #expect(TwoLanguages.part(of: "no name", in: .chinese) == "no name")
  }

  @Test(
    "Fault 19: a value that is refused before it is looked at is told in Chinese, with its bound",
    arguments: [
      ("too-long", "at most 400 bytes of UTF-8; shorten it", "最多 400 字节（一个汉字占 3 字节），请缩短"),
      ("too-long", "the value is too long; shorten it", "太长，请缩短"),
      ("wrong-length", "exactly 16 bytes are needed, not 3", "长度须为 16 字节"),
      ("out-of-range", "a number in 1...5 is needed", "数值须在 1...5 之内"),
      ("too-many", "at most 64 elements; split the list", "最多 64 个，请分批"),
      ("missing-field", "a value is required; fill it in", "必须填写"),
      ("missing-field", "缺少姓名 / no name", "缺少姓名"),
    ])
  func ofMessages(reason: String, text: String, told: String) {
    let failure = FailureText(status: 3, reason: reason, field: "reason", text: text)
    #expect(failure.line(in: .chinese) == "内容有误，请更正后再试（reason）：\(told) [\(reason)]")
    #expect(failure.line(in: .english).contains(TwoLanguages.part(of: text, in: .english)))
  }

  @Test("JSON for programs has sorted keys and plain slashes")
  func json() throws {
    #expect(try JSONOutput.text(of: ["b": "x/y", "a": "姓"]) == #"{"a":"姓","b":"x/y"}"#)
  }
}
