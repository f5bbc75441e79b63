import GRDB

/// What can be asked of the ledger inside one read, which sees one state of it throughout.
///
/// The questions themselves are in extensions, in the folder of their subject.
public class LedgerReader {
  let database: Database
  /// What is prepared already, by ``HotSQL/place``: the writer keeps its reader for good.
  private var hot: [PreparedStatement?] = []

  init(_ database: Database) {
    self.database = database
  }

  /// The item's columns.
  public func item(_ id: LedgerID) throws -> StoredItem? {
    try row(ItemColumns.itemByID, [.id(id)], ItemColumns.item)
  }

  /// Called before a statement that is not of the hot path, which may ask for anything.
  func settle() throws {}

  func statement(_ sql: HotSQL) throws -> PreparedStatement {
    if sql.place < hot.count, let statement = hot[sql.place] { return statement }
    while hot.count <= sql.place { hot.append(nil) }
    let statement = try PreparedStatement(sql.text, in: database)
    hot[sql.place] = statement
    return statement
  }

  /// The first row of a statement of the hot path, decoded.
  func row<Element>(
    _ sql: HotSQL, _ values: [SQLValue], _ decode: (SQLRow) throws -> Element
  ) throws -> Element? {
    try Self.first(of: statement(sql), values, decode)
  }

  /// The rows of a statement of the hot path, decoded.
  func rows<Element>(
    _ sql: HotSQL, _ values: [SQLValue], _ decode: (SQLRow) throws -> Element
  ) throws -> [Element] {
    var result: [Element] = []
    try statement(sql).forEachRow(values) { result.append(try decode($0)) }
    return result
  }

  func forEachRow(
    _ sql: String, _ values: [SQLValue] = [], _ body: (SQLRow) throws -> Void
  ) throws {
    try settle()
    try PreparedStatement(sql, in: database).forEachRow(values, body)
  }

  func rows<Element>(
    _ sql: String, _ values: [SQLValue] = [], _ decode: (SQLRow) throws -> Element
  ) throws -> [Element] {
    var result: [Element] = []
    try forEachRow(sql, values) { result.append(try decode($0)) }
    return result
  }

  /// The first row, decoded; the others are not looked at.
  func row<Element>(
    _ sql: String, _ values: [SQLValue] = [], _ decode: (SQLRow) throws -> Element
  ) throws -> Element? {
    try settle()
    return try Self.first(of: PreparedStatement(sql, in: database), values, decode)
  }

  func integer(_ sql: String, _ values: [SQLValue] = []) throws -> Int64 {
    try row(sql, values) { $0.int64(0) } ?? 0
  }

  static func first<Element>(
    of statement: PreparedStatement, _ values: [SQLValue],
    _ decode: (SQLRow) throws -> Element
  ) throws -> Element? {
    var result: Element?
    try statement.forEachRow(values) { row in
      if result == nil { result = try decode(row) }
    }
    return result
  }
}
