internal import CPostgreSQL

/// A connection to the server, used by one thread at a time.
///
/// Statements are sent without waiting for each other's results (libpq's pipeline) and collected
/// together: a batch pays a round trip where something is asked, and one at its end.
final class PostgreSQLConnection {
  /// What was sent and has a result to come.
  private enum Sent {
    case preparing(Prepared)
    case running
  }

  /// Texts that the server is told once a connection: a statement as it is, and one that tells the
  /// number of the row that it adds.
  private struct Prepared: Hashable {
    let place: Int
    let tellsNumber: Bool

    var name: String { tellsNumber ? "n\(place)" : "s\(place)" }
  }

  private let handle: OpaquePointer
  private let failures: PostgreSQLFailures
  private var prepared: Set<Prepared> = []
  private var sent: [Sent] = []
  /// Rows are being handed out: until that ends, nothing else is asked.
  private var isHandingOut = false

  /// Connects; `settings` are set for as long as the connection lives.
  init(
    _ place: PostgreSQLPlace, settings: [(name: String, value: String)]
  ) throws(EngineFailure) {
    failures = PostgreSQLFailures(place: place.text)
    // What stands before `dbname` the connection string may say otherwise.
    let options: [(String, String)] = [
      ("connect_timeout", "\(PostgreSQLLimits.connectSeconds)"),
      ("tcp_user_timeout", "\(PostgreSQLLimits.silenceMilliseconds)"),
      ("target_session_attrs", "read-write"), ("fallback_application_name", "xiecha"),
      ("dbname", place.text), ("client_encoding", "UTF8"),
    ]
    let words = CStrings(options.map(\.0))
    let values = CStrings(options.map(\.1))
    let made = withExtendedLifetime((words, values)) {
      PQconnectdbParams(words.pointers, values.pointers, 1)
    }
    guard let made else { throw failures.lost("no memory for a connection") }
    // From here on `deinit` lets it go.
    handle = made
    guard PQstatus(handle) == CONNECTION_OK else {
      throw failures.lost(message)
    }
    for setting in settings {
      let result = PQexec(handle, "SET \(setting.name) = \(setting.value)")
      defer { PQclear(result) }
      guard PQresultStatus(result) == PGRES_COMMAND_OK else {
        throw failures.failure(result)
      }
    }
    PQenterPipelineMode(handle)
  }

  deinit {
    PQfinish(handle)
  }

  /// Nothing more comes of it.
  var isLost: Bool { PQstatus(handle) == CONNECTION_BAD }
  /// A statement of the transaction failed: the server takes no more of it.
  var isTransactionSpoilt: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }
  /// Whether a transaction is under way, spoilt or not.
  var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }
  /// The server's version, as it numbers itself: 150018 is 15.18.
  var serverVersion: Int32 { PQserverVersion(handle) }

  private var message: String {
    String(cString: PQerrorMessage(handle)).split(separator: "\n").joined(separator: "; ")
  }

  // MARK: Sending

  /// Sends a statement, whose result is collected later.
  func send(
    _ statement: Statement, _ values: [StoredValue] = [], tellingNumber: Bool = false
  ) throws {
    if isHandingOut {
      throw EngineFailure(
        failure: LedgerFailure(.storage, "a statement was begun while another's rows were read"),
        concernsAll: true)
    }
    let values = PostgreSQLValues(values)
    let known = Prepared(place: statement.place, tellsNumber: tellingNumber)
    if !prepared.contains(known) {
      let text =
        PostgreSQLText.of(statement.text) + (tellingNumber ? " RETURNING number" : "")
      try sending(
        PQsendPrepare(handle, known.name, text, Int32(values.types.count), values.types))
      sent.append(.preparing(known))
      prepared.insert(known)
    }
    let isSent = values.withParameters { count, values, lengths, formats in
      PQsendQueryPrepared(handle, known.name, count, values, lengths, formats, 1)
    }
    try sending(isSent)
    sent.append(.running)
  }

  /// How many statements were sent and not collected.
  var uncollected: Int { sent.count }

  private func sending(_ isSent: Int32) throws {
    if isSent != 1 { throw failures.lost(message) }
  }

  // MARK: Collecting

  /// Collects the results of all that was sent, and hands out the rows of the last one until `body`
  /// wants no more.
  ///
  /// - Returns: how many rows the last one changed.
  /// - Throws: the first failure among them, and what `body` throws.
  @discardableResult
  func collect(while body: ((any EngineRow) throws -> Bool)? = nil) throws -> Int {
    if sent.isEmpty { return 0 }
    try sending(PQpipelineSync(handle))
    var collected = Collected(body: body)
    let expected = sent
    sent.removeAll(keepingCapacity: true)
    for (place, kind) in expected.enumerated() {
      let failure = read(isLast: place == expected.count - 1, into: &collected)
      if failure != nil, case .preparing(let known) = kind { prepared.remove(known) }
      if isLost { throw failures.lost(message) }
    }
    // What ends the group: nothing comes behind it.
    let end = PQgetResult(handle)
    defer { PQclear(end) }
    guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw failures.lost(message) }
    if let error = collected.error { throw error }
    return collected.changed
  }

  private struct Collected {
    let body: ((any EngineRow) throws -> Bool)?
    var wantsMore = true
    var changed = 0
    /// The first failure, or what the body threw.
    var error: (any Error)?
  }

  /// Reads the result of one statement; its failure, where it has one.
  private func read(isLast: Bool, into collected: inout Collected) -> EngineFailure? {
    var failed: EngineFailure?
    // Row by row, so that a long list is never in memory as a whole.
    let hasRows = isLast && collected.body != nil
    if hasRows { PQsetSingleRowMode(handle) }
    while let result = PQgetResult(handle) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK:
        if hasRows { handOut(result, into: &collected) }
      case PGRES_COMMAND_OK:
        break
      case PGRES_PIPELINE_ABORTED:
        failed = failed ?? failures.lost("a statement before it failed")
      default:
        let failure = failures.failure(result)
        failed = failure
        collected.error = collected.error ?? failure
      }
      if isLast { collected.changed = Int(String(cString: PQcmdTuples(result))) ?? 0 }
      if isLost { break }
    }
    return failed
  }

  private func handOut(_ result: OpaquePointer, into collected: inout Collected) {
    guard let body = collected.body, collected.error == nil else { return }
    isHandingOut = true
    defer { isHandingOut = false }
    for row in 0..<PQntuples(result) where collected.wantsMore {
      do {
        collected.wantsMore = try body(PostgreSQLRow(result: result, row: row))
      } catch {
        collected.error = error
        collected.wantsMore = false
      }
    }
  }
}

/// Words as C takes a list of them: addresses, with none behind the last.
private final class CStrings {
  let pointers: [UnsafePointer<CChar>?]
  private let owned: [UnsafeMutablePointer<CChar>]

  init(_ words: [String]) {
    owned = words.map { word in
      let characters = word.utf8CString
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
      for (place, character) in characters.enumerated() {
        (copy + place).initialize(to: character)
      }
      return copy
    }
    pointers = owned.map { UnsafePointer($0) } + [nil]
  }

  deinit {
    for word in owned { word.deallocate() }
  }
}
