internal import GRDB
internal import GRDBSQLite

/// A connection to the file.
final class SQLiteSession: EngineWriter {
  private let database: Database
  private let connection: SQLiteConnection?
  private let failures: SQLiteFailures
  private let keepsStatements: Bool
  /// What is prepared already, by ``Statement/place``.
  private var prepared: [PreparedStatement?] = []

  /// A session on a connection; one that lives on keeps the statements that it prepared.
  init(_ database: Database, _ failures: SQLiteFailures, keepsStatements: Bool = false) {
    self.database = database
    self.failures = failures
    self.keepsStatements = keepsStatements
    connection = database.sqliteConnection
  }

  func run(
    _ statement: Statement, _ values: [StoredValue], while body: (any EngineRow) throws -> Bool
  ) throws {
    try translating { try prepare(statement).run(values, while: body) }
  }

  func change(_ statement: Statement, _ values: [StoredValue]) throws -> Int {
    try translating { try prepare(statement).run(values) { _ in true } }
    return Int(sqlite3_changes(connection))
  }

  func put(_ statement: Statement, _ values: [StoredValue]) throws -> Int? {
    try change(statement, values)
  }

  /// Every statement is done at once, and one that fails undoes itself alone.
  func settle() {}
  var isSpoilt: Bool { false }

  func insert(_ statement: Statement, _ values: [StoredValue]) throws -> Int64? {
    try change(statement, values) == 0 ? nil : sqlite3_last_insert_rowid(connection)
  }

  func begin() throws { try translating { try database.beginTransaction(.immediate) } }

  func commit() throws { try translating { try database.commit() } }

  func rollBack() {
    // When it fails, SQLite has taken the transaction back by itself.
    try? database.rollback()
  }

  private static let savepoint = Statement("set a savepoint", "SAVEPOINT request")
  private static let back = Statement("go back to a savepoint", "ROLLBACK TO request")
  private static let release = Statement("forget a savepoint", "RELEASE request")

  func setSavepoint() throws { _ = try change(Self.savepoint, []) }

  func rollBackToSavepoint() throws {
    _ = try change(Self.back, [])
    _ = try change(Self.release, [])
  }

  func releaseSavepoint() throws { _ = try change(Self.release, []) }

  private func prepare(_ statement: Statement) throws -> PreparedStatement {
    guard keepsStatements else { return try PreparedStatement(statement.text, in: database) }
    if statement.place < prepared.count, let known = prepared[statement.place] { return known }
    while prepared.count <= statement.place { prepared.append(nil) }
    let made = try PreparedStatement(statement.text, in: database)
    prepared[statement.place] = made
    return made
  }

  private func translating<Value>(_ run: () throws -> Value) throws -> Value {
    do {
      return try run()
    } catch let error as DatabaseError {
      throw failures.translated(error)
    }
  }
}
