import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation

/// What a node holds of what comes and goes, and what keeps each from growing for ever.
struct HeldTable {
  /// One kind.
  struct Line: Encodable {
    var what: String
    /// How much; nil: it is in the running node's memory.
    var held: Int?
    /// The most there can be; nil: it grows with the work, and is kept.
    var bound: Int?
    /// What removes it, in English.
    var until: String
    fileprivate var name = BilingualText(chinese: "", english: "")
    fileprivate var end = BilingualText(chinese: "", english: "")

    private enum CodingKeys: String, CodingKey { case what, held, bound, until }

    fileprivate init(
      _ what: String, _ held: Int?, atMost bound: Int?, _ name: (String, String),
      _ end: (String, String)
    ) {
      (self.what, self.held, self.bound, until) = (what, held, bound, end.1)
      self.name = BilingualText(chinese: name.0, english: name.1)
      self.end = BilingualText(chinese: end.0, english: end.1)
    }
  }

  let lines: [Line]

  /// - `neighbours`: of each so much is kept at most.
  init(_ held: Holdings, neighbours: Int) {
    let sessions = 2 * SessionLimits.sessionBounds.upperBound
    let tries = LedgerLimits.quarantinedOfPeer
    lines = [
      Line(
        "sessions", held.sessions, atMost: held.accounts * sessions, ("登录", "sessions"),
        ("每账号最多 \(sessions) 个，到期删除", "\(sessions) of an account; gone when they end")),
      Line(
        "setAside", held.setAside, atMost: neighbours * tries, ("搁置的记录", "events set aside"),
        ("每个邻近节点最多 \(tries) 条，先删最旧的", "\(tries) of a neighbour; the oldest go")),
      Line(
        "setAsideBytes", held.setAsideBytes,
        atMost: neighbours * LedgerLimits.quarantinedBytesOfPeer, ("其字节数", "their bytes"),
        (
          "每个邻近节点最多 \(LedgerLimits.quarantinedBytesOfPeer >> 20) MiB",
          "\(LedgerLimits.quarantinedBytesOfPeer >> 20) MiB of a neighbour"
        )),
      Line(
        "objections", held.objections, atMost: neighbours * LedgerLimits.objectionsOfPeer,
        ("对方的异议", "objections"),
        (
          "每个邻近节点最多 \(LedgerLimits.objectionsOfPeer) 条",
          "\(LedgerLimits.objectionsOfPeer) of a neighbour; the oldest go"
        )),
      Line(
        "outboxes", held.waiting, atMost: held.events * neighbours, ("待送", "to send"),
        ("对方存盘后删除；每条约 100 字节", "gone when the neighbour has it; 100 bytes each")),
      Line(
        "requests", held.requests, atMost: neighbours, ("证书申请", "certificate requests"),
        ("每个节点一份，换证后删除", "one of a node; gone when it is used")),
      Line(
        "rotations", held.rotations, atMost: nil, ("密码与密钥更换", "rotations"),
        ("留存，每年几条", "kept: some a year")),
      Line(
        "passwordChanges", held.passwordChanges, atMost: nil, ("密码更改记录", "changed passwords"),
        ("留存 (S8.2)，每账号每年约 4 条", "kept (S8.2): some four a year of an account")),
      Line(
        "traces", held.traces, atMost: nil, ("查阅留痕", "traces of readings"),
        ("永久留存 (G2)", "kept for ever (G2)")),
      Line(
        "pages", held.pages, atMost: nil, ("签名日志页", "pages of the log"),
        ("永久留存，邻近节点记得其首部", "kept for ever: neighbours remember its heads")),
      Line(
        "tickets", 0, atMost: 0, ("TLS 票据", "TLS tickets"),
        ("不保存：由对方持有，8 小时有效", "none is kept: the caller has it, for 8 hours")),
      Line(
        "logRepeats", nil, atMost: Node.longestRepeatedLines, ("日志中的重复行", "repeated log lines"),
        ("在内存中，停止重复后一小时内删除", "in memory; gone an hour after the last")),
    ]
  }

  func table(on console: Console) -> TextTable {
    var table = TextTable([
      TextTable.Column(console.text("种类", "what"), isWhole: true),
      TextTable.Column(console.text("现有", "held"), isWhole: true),
      TextTable.Column(console.text("上限", "at most"), isWhole: true),
      TextTable.Column(console.text("何时删除", "until")),
    ])
    for line in lines {
      table.add([
        console.text(line.name.chinese, line.name.english), line.held.map { "\($0)" } ?? "–",
        line.bound.map { "\($0)" } ?? "–", console.text(line.end.chinese, line.end.english),
      ])
    }
    return table
  }
}
