/// What can be asked and changed inside one commit.
///
/// The changes themselves are in extensions, in the folder of their subject. What a request changes
/// again and again is gathered (``Gathering``) and written once.
public final class LedgerTransaction: LedgerReader {
  private let writer: any EngineWriter
  private var gatherings: [(type: ObjectIdentifier, gathering: any Gathering, table: Table.Some)] =
    []
  /// What the commit enters into the log.
  var draft = LogDraft()
  /// Rows that statements have changed in this transaction, those taken back included.
  private(set) var changes = 0
  /// What the engine has reported about itself in this transaction, whoever caught it.
  private(set) var trouble: EngineFailure?

  init(_ writer: any EngineWriter) {
    self.writer = writer
    super.init(writer)
  }

  /// What this request gathers of one kind.
  func gathered<Kind: Gathering>(_ kind: Kind.Type) -> Kind {
    let type = ObjectIdentifier(kind)
    for known in gatherings where known.type == type {
      return unsafeDowncast(known.gathering, to: kind)
    }
    let gathering = Kind()
    gatherings.append((type, gathering, Table.Some(Kind.table)))
    return gathering
  }

  /// Writes what was gathered for the tables that the statement names.
  override func prepare(for statement: Statement) throws {
    for known in gatherings where !known.table.isDisjoint(with: statement.tables) {
      try known.gathering.write(in: self)
    }
  }

  /// Writes all that was gathered: the request ends.
  func settle() throws {
    for known in gatherings { try known.gathering.write(in: self) }
  }

  /// Forgets what was gathered: the request is refused.
  func forget() {
    for known in gatherings { known.gathering.forget() }
  }

  override func forRows(
    _ statement: Statement, _ values: [StoredValue] = [],
    while body: (any EngineRow) throws -> Bool
  ) throws {
    try noticing { try super.forRows(statement, values, while: body) }
  }

  /// Runs a statement that changes rows, of which nobody asks how many: an engine may do it together
  /// with what comes next.
  func put(_ statement: Statement, _ values: [StoredValue] = []) throws {
    try prepare(for: statement)
    // What is not known yet counts as a change.
    try noticing { changes += try writer.put(statement, values) ?? 1 }
  }

  /// Runs a statement that changes rows; how many it changed.
  func change(_ statement: Statement, _ values: [StoredValue] = []) throws -> Int {
    try prepare(for: statement)
    return try noticing {
      let changed = try writer.change(statement, values)
      changes += changed
      return changed
    }
  }

  /// Runs a statement that adds a row to a table of numbered rows; its number, or nil when it is
  /// there already.
  func insert(_ statement: Statement, _ values: [StoredValue]) throws -> Int64? {
    try prepare(for: statement)
    return try noticing {
      let number = try writer.insert(statement, values)
      if number != nil { changes += 1 }
      return number
    }
  }

  /// Remembers what concerns the whole transaction, so that work which catches it and goes on is
  /// taken back all the same, and runs nothing more: the engine may have ended the transaction.
  private func noticing<Value>(_ run: () throws -> Value) throws -> Value {
    if let trouble { throw trouble }
    do {
      return try run()
    } catch let failure as EngineFailure where failure.concernsAll {
      trouble = failure
      throw failure
    }
  }
}

/// Changes that a request gathers in memory and that are written once: before the request ends, and
/// before any statement that could see them.
protocol Gathering: AnyObject {
  init()

  /// The table that the changes are for.
  static var table: Table { get }

  /// Writes what was gathered, and is empty then.
  func write(in ledger: LedgerTransaction) throws

  /// Forgets what was gathered: the request is refused.
  func forget()
}
