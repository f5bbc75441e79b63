internal import Glibc

/// What writes: one connection, on the writer's queue.
///
/// All programs that write to a ledger wait for each other at the beginning of a transaction, so that
/// each sees what those before it have done.
final class PostgreSQLWriter: EngineWriter {
  private static let begin = Statement("begin to write", "BEGIN")
  private static let wait = Statement(
    "wait for others that write", "SELECT pg_advisory_xact_lock(\(PostgreSQLClaim.writing))")
  private static let transaction = Statement(
    "the number of the transaction", "SELECT pg_current_xact_id()::text")
  private static let commit = Statement("commit", "COMMIT")
  private static let rollBack = Statement("roll back", "ROLLBACK")
  private static let savepoint = Statement("set a savepoint", "SAVEPOINT request")
  private static let back = Statement("go back to a savepoint", "ROLLBACK TO request")
  private static let release = Statement("forget a savepoint", "RELEASE request")
  private static let outcome = Statement(
    "what became of a transaction", "SELECT pg_xact_status(?::text::xid8)")

  private let failures: PostgreSQLFailures
  private let connect: @Sendable () throws -> PostgreSQLConnection
  private var connection: PostgreSQLConnection?
  /// The server's number of the transaction, as it writes it.
  private var number = ""
  /// Why the server takes nothing more of the transaction.
  private var spoiler: EngineFailure?

  /// A writer on a connection that is made already; `connect` makes another when that is lost.
  init(
    _ connection: PostgreSQLConnection, failures: PostgreSQLFailures,
    connect: @escaping @Sendable () throws -> PostgreSQLConnection
  ) {
    self.connection = connection
    self.failures = failures
    self.connect = connect
  }

  /// Lets the connection go, and with it the claim on the ledger.
  func close() { connection = nil }

  // MARK: Transactions

  func begin() throws {
    spoiler = nil
    do {
      try begin(on: try connection ?? connect())
    } catch let failure as EngineFailure {
      // The server has restarted since the last transaction, or another has taken its place.
      guard connection?.isLost == true else { throw failure }
      connection = nil
      try begin(on: try connect())
    }
  }

  private func begin(on connection: PostgreSQLConnection) throws {
    self.connection = connection
    try connection.send(Self.begin)
    try connection.send(Self.wait)
    try connection.send(Self.transaction)
    number = ""
    try connection.collect { row in
      self.number = row.text(0)
      return false
    }
  }

  func commit() throws {
    if let spoiler { throw spoiler }
    let connection = try current()
    do {
      try connection.send(Self.commit)
      try connection.collect()
    } catch {
      // A statement that was put before has failed: the server has passed the commit by.
      if connection.isTransactionSpoilt { spoiler = error as? EngineFailure }
      guard connection.isLost else { throw error }
      self.connection = nil
      if try isCommitted(number, lostBy: error) { return }
      throw error
    }
  }

  /// What became of a transaction whose commit was not answered: the server is asked, for as long as
  /// it takes to come back; nothing is guessed.
  private func isCommitted(_ number: String, lostBy error: any Error) throws -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(PostgreSQLLimits.outcomeSeconds)
    var cause = "\(LedgerFailure.told(error))"
    repeat {
      do {
        let connection = try connect()
        var state = ""
        try connection.send(Self.outcome, [.text(number)])
        try connection.collect { row in
          state = row.text(0)
          return false
        }
        self.connection = connection
        // Until then the server has not noticed that nobody waits for the answer.
        if state != "in progress" { return state == "committed" }
        cause = "the commit is still under way"
      } catch let failure as EngineFailure {
        // A server that took over before it had heard of the transaction: it never will.
        if failure.failure.reason == .invalid { return false }
        cause = failure.failure.text
      }
      usleep(PostgreSQLLimits.outcomePauseMicroseconds)
    } while clock.now < end
    throw failures.unknownOutcome(cause)
  }

  func rollBack() {
    spoiler = nil
    guard let connection, connection.isInTransaction else { return }
    do {
      // What was sent and not asked for goes with the rest.
      _ = try? connection.collect()
      try connection.send(Self.rollBack)
      try connection.collect()
    } catch {
      // The server takes back what it lost the connection of.
      self.connection = nil
    }
  }

  // MARK: Savepoints

  func setSavepoint() throws { _ = try put(Self.savepoint, []) }

  func rollBackToSavepoint() throws {
    let connection = try current()
    _ = try? connection.collect()
    try connection.send(Self.back)
    try connection.send(Self.release)
    try connection.collect()
    spoiler = nil
  }

  func releaseSavepoint() throws { _ = try put(Self.release, []) }

  var isSpoilt: Bool { spoiler != nil }

  func settle() throws {
    _ = try noticing { try $0.collect() }
  }

  // MARK: Statements

  func run(
    _ statement: Statement, _ values: [StoredValue], while body: (any EngineRow) throws -> Bool
  ) throws {
    try noticing { connection in
      try connection.send(statement, values)
      try withoutActuallyEscaping(body) { _ = try connection.collect(while: $0) }
    }
  }

  func change(_ statement: Statement, _ values: [StoredValue]) throws -> Int {
    try noticing { connection in
      try connection.send(statement, values)
      return try connection.collect()
    }
  }

  func put(_ statement: Statement, _ values: [StoredValue]) throws -> Int? {
    try noticing { connection in
      try connection.send(statement, values)
      if connection.uncollected >= PostgreSQLLimits.uncollectedStatements {
        try connection.collect()
      }
      return nil
    }
  }

  func insert(_ statement: Statement, _ values: [StoredValue]) throws -> Int64? {
    try noticing { connection in
      var number: Int64?
      try connection.send(statement, values, tellingNumber: true)
      try connection.collect { row in
        number = row.int64(0)
        return false
      }
      return number
    }
  }

  private func current() throws -> PostgreSQLConnection {
    guard let connection else { throw failures.lost("the connection was lost") }
    return connection
  }

  /// Remembers what has spoilt the transaction; a spoilt one takes nothing more.
  private func noticing<Value>(_ run: (PostgreSQLConnection) throws -> Value) throws -> Value {
    if let spoiler { throw spoiler }
    let connection = try current()
    do {
      return try run(connection)
    } catch let failure as EngineFailure {
      if connection.isTransactionSpoilt || connection.isLost { spoiler = failure }
      throw failure
    }
  }
}
