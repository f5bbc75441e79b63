import GRDB
import GRDBSQLite

/// What can be asked and changed inside one commit.
///
/// The changes themselves are in extensions, in the folder of their subject. What a request does to
/// items and to the ends of outboxes is gathered and written once, before the request ends and before
/// any statement that could see it.
public final class LedgerTransaction: LedgerReader {
  private let connection: SQLiteConnection?
  /// The items that the request works on.
  var desk = ItemDesk()
  /// The ends of the outboxes that the request adds to.
  var tails = OutboxTails()
  private var updates: [ItemColumn.Some: PreparedStatement] = [:]

  override init(_ database: Database) {
    connection = database.sqliteConnection
    super.init(database)
  }

  /// The item's columns, as the request has made them.
  public override func item(_ id: LedgerID) throws -> StoredItem? { try place(of: id)?.item }

  /// The item on the request's desk, fetched when it is not there; nil when it is not here at all.
  func place(of id: LedgerID) throws -> ItemDesk.Place? {
    if let place = desk[id] { return place }
    let found = try row(ItemColumns.itemByID, [.id(id)]) {
      (item: try ItemColumns.item($0), number: $0.int64(ItemColumns.number))
    }
    guard let found else { return nil }
    desk.put(found.item, number: found.number)
    return desk[id]
  }

  /// Writes what was gathered.
  override func settle() throws {
    for place in desk.clear() {
      let changed = ItemColumn.Some(changedFrom: place.stored, to: place.item)
      if changed.isEmpty { continue }
      try update(changed).run { changed.bind(place.item, number: place.number, to: &$0) }
    }
    for tail in tails.clear() { try write(tail) }
  }

  /// Forgets what was gathered: the request is refused.
  func forget() {
    _ = desk.clear()
    _ = tails.clear()
  }

  private func update(_ columns: ItemColumn.Some) throws -> PreparedStatement {
    if let statement = updates[columns] { return statement }
    let statement = try PreparedStatement(columns.update, in: database)
    updates[columns] = statement
    return statement
  }

  /// Runs one statement; how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
    try settle()
    try PreparedStatement(sql, in: database).run { for value in values { $0.add(value) } }
    return Int(sqlite3_changes(connection))
  }

  /// Runs one statement of the hot path; how many rows it changed.
  @discardableResult
  func execute(_ sql: HotSQL, _ values: (inout StatementValues) -> Void) throws -> Int {
    try statement(sql).run(values)
    return Int(sqlite3_changes(connection))
  }

  var lastInsertedNumber: Int64 { sqlite3_last_insert_rowid(connection) }

  /// Rows changed since the connection was opened; SQLite lets it wrap.
  var changesEver: Int32 { sqlite3_total_changes(connection) }
}
