/// What reads: a transaction on one state of the rows for each piece of work.
///
/// A connection that was lost while nobody read is made again; nobody notices.
final class PostgreSQLSession: EngineSession {
  private static let begin = Statement(
    "begin to read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  private static let end = Statement("end reading", "COMMIT")
  private static let undo = Statement("end reading after a failure", "ROLLBACK")

  private let connect: @Sendable () throws -> PostgreSQLConnection
  private var connection: PostgreSQLConnection?
  /// The transaction has begun on the server, and rows of it may have been handed out.
  private var hasBegun = false

  init(_ connect: @escaping @Sendable () throws -> PostgreSQLConnection) {
    self.connect = connect
  }

  /// Does some work on one state of the rows.
  func reading<Value>(_ work: (PostgreSQLSession) throws -> Value) throws -> Value {
    hasBegun = false
    do {
      let value = try work(self)
      end(by: Self.end)
      return value
    } catch {
      end(by: Self.undo)
      throw error
    }
  }

  func run(
    _ statement: Statement, _ values: [StoredValue], while body: (any EngineRow) throws -> Bool
  ) throws {
    do {
      try ask(statement, values, while: body)
    } catch let failure as EngineFailure {
      guard !hasBegun, connection?.isLost == true else { throw failure }
      connection = nil
      try ask(statement, values, while: body)
    }
  }

  private func ask(
    _ statement: Statement, _ values: [StoredValue], while body: (any EngineRow) throws -> Bool
  ) throws {
    let connection = try self.connection ?? connect()
    self.connection = connection
    if !hasBegun { try connection.send(Self.begin) }
    try connection.send(statement, values)
    try withoutActuallyEscaping(body) { body in
      _ = try connection.collect { row in
        self.hasBegun = true
        return try body(row)
      }
    }
    hasBegun = true
  }

  /// Lets the state go; the connection too, where it does not.
  private func end(by statement: Statement) {
    defer { hasBegun = false }
    guard let connection, connection.isInTransaction else { return }
    do {
      try connection.send(statement)
      try connection.collect()
    } catch {
      self.connection = nil
    }
  }
}
