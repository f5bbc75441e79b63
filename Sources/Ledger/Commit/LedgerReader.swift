internal import Credentials

/// What can be asked of the ledger inside one read, which sees one state of it throughout.
///
/// The questions themselves are in extensions, in the folder of their subject.
public class LedgerReader {
  private let session: any EngineSession
  /// The page of the log that was asked for last.
  var openPage: (page: LogPage, tree: HashTree)?

  init(_ session: any EngineSession) {
    self.session = session
  }

  /// Called before each statement.
  func prepare(for statement: Statement) throws {}

  /// Runs a statement and hands out its rows until `body` wants no more.
  func forRows(
    _ statement: Statement, _ values: [StoredValue] = [],
    while body: (any EngineRow) throws -> Bool
  ) throws {
    try prepare(for: statement)
    try session.run(statement, values, while: body)
  }

  /// Runs a statement and hands out all its rows.
  func forEachRow(
    _ statement: Statement, _ values: [StoredValue] = [],
    _ body: (any EngineRow) throws -> Void
  ) throws {
    try forRows(statement, values) { row in
      try body(row)
      return true
    }
  }

  /// All rows, decoded.
  func rows<Element>(
    _ statement: Statement, _ values: [StoredValue] = [],
    _ decode: (any EngineRow) throws -> Element
  ) throws -> [Element] {
    var result: [Element] = []
    try forEachRow(statement, values) { result.append(try decode($0)) }
    return result
  }

  /// The first row, decoded; the others are not looked for.
  func row<Element>(
    _ statement: Statement, _ values: [StoredValue] = [],
    _ decode: (any EngineRow) throws -> Element
  ) throws -> Element? {
    var result: Element?
    try forRows(statement, values) { row in
      result = try decode(row)
      return false
    }
    return result
  }

  /// The number in the first column of the first row; 0: there is none.
  func integer(_ statement: Statement, _ values: [StoredValue] = []) throws -> Int64 {
    try row(statement, values) { $0.int64(0) } ?? 0
  }

  /// A page size within the limit.
  static func page(_ limit: Int) -> Int { min(max(limit, 1), LedgerLimits.pageRows) }
}
