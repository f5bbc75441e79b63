internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The auditor's search of the node's log (G2): it shows who did what, and itself leaves a trace.
struct LogSearching {
  let node: Node

  /// Lines of one answer: what is looked at in one go, and more is asked for by a shorter time.
  private static let lines = 1_000

  func register(in methods: inout MethodTable) {
    methods.stream(Audit.search) { [self] request, context, replies in
      for line in try await search(request, by: context.caller) { try await replies.write(line) }
    }
  }

  private func search(_ request: LogRequest, by caller: Caller) async throws -> [LogEntryLine] {
    // The log has the whole node's work in it, so a part of the node has no auditor of its own.
    guard caller.division == "\(node.identity.division)" else {
      throw CallFailure(
        .permissionDenied, .wrongDivision,
        "日志由本节点单位的审计管理员检索 / the log is searched by an auditor of the node's own office")
    }
    guard !request.purpose.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "purpose",
        "须写明检索目的 / say what the log is searched for")
    }
    let (question, item, subject) = try self.question(request)
    try await Tracing(node: node).searched(
      by: caller, purpose: request.purpose, item: item, subjectKey: subject)
    let asked = Int(request.limit)
    let limit = asked == 0 ? LogSearching.lines : min(asked, LogSearching.lines)
    return try await node.ledger.read { try $0.search(question, limit: limit) }
      .map(LogEntryLine.init)
  }

  /// What is asked, and whose record that is.
  private func question(
    _ request: LogRequest
  ) throws(CallFailure) -> (LogQuestion, item: LedgerID?, subject: String) {
    let isOfTime = !request.account.isEmpty || request.start != 0 || request.end != 0
    let asked = [!request.item.isEmpty, !request.person.isEmpty, isOfTime]
    guard asked.count(where: \.self) == 1 else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "item",
        "编号、号码、账号（连同起止时间）请选一种 / give one of an item, a number, and an account or a time")
    }
    if !request.item.isEmpty {
      guard let item = LedgerID(request.item) else {
        throw CallFailure(
          .invalidArgument, .invalid, field: "item", "编号为 16 字节 / an item's id has 16 bytes")
      }
      return (.item(item), item, "")
    }
    if !request.person.isEmpty {
      let key = CitizenIDReport.spelling(request.person)
      guard key.contains(where: \.isNumber) else {
        throw CallFailure(
          .invalidArgument, .invalid, field: "person",
          "请填写公民身份号码 / a citizen ID number is needed")
      }
      return (.person(key), nil, key)
    }
    let end = request.end == 0 ? Int64.max : request.end
    guard request.start < end else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "end",
        "截止时间早于起始时间 / the end lies before the start")
    }
    let time = request.start..<end
    guard !request.account.isEmpty else { return (.time(time), nil, "") }
    return (.account(AccountName.read(request.account) ?? request.account, time), nil, "")
  }
}

extension LogEntryLine {
  fileprivate init(_ line: LogLine) {
    self.init()
    place = line.place == .none ? "" : "\(line.place.page):\(line.place.entry + 1)"
    at = line.at
    actor = Actor()
    actor?.account = line.actor.account
    actor?.role = line.actor.role
    actor?.division = line.actor.division
    action = line.action
    words = line.words
    item = line.item?.bytes ?? []
    maskedPerson = Masking.citizenID(PersonLookup.number(ofKey: line.subjectKey))
  }
}
