/// What keeps a ledger's rows: the door behind which a database stands.
///
/// A folder of `Engines/` has one database behind this door, and its tables; nothing else in the
/// project knows which it is. Whatever an engine reports comes as an ``EngineFailure``.
protocol Engine: Sendable {
  /// Runs work with the writer on a thread of the engine, after all that was handed over before;
  /// returns at once.
  func write(_ work: @escaping @Sendable (any EngineWriter) -> Void)

  /// Runs work with the writer on the calling thread, after all that was handed over before.
  func writeHere<Value>(_ work: (any EngineWriter) throws -> Value) rethrows -> Value

  /// Runs work on a thread of the engine, on one state of the rows, beside the writer.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (any EngineSession) throws -> Value
  ) async throws -> Value

  /// Runs work on the calling thread, on one state of the rows, beside the writer.
  func readHere<Value>(_ work: (any EngineSession) throws -> Value) throws -> Value

  /// Copies the rows, as they are at this moment, to a new place that only its owner can read, and
  /// looks through the copy; what is wrong with it, line by line.
  ///
  /// Nothing is left of a copy that fails.
  func copy(to target: String) throws -> [String]

  /// Puts all that was written into the one file or place that the rows have, so that it can be
  /// carried away when the engine is closed.
  func gather() throws

  /// The keys that the file of the rows is sealed with; nil: it is not sealed, or there is none.
  var seal: SealRing? { get }

  /// What is wrong with the rows, line by line; empty: nothing.
  func damage() async throws -> [String]

  /// Ends writing and reading; what was handed over is still done.
  func close() throws
}

/// A connection to an engine: runs statements one at a time, on the thread that holds it.
protocol EngineSession: AnyObject {
  /// Runs a statement and hands out its rows until `body` wants no more.
  func run(
    _ statement: Statement, _ values: [StoredValue], while body: (any EngineRow) throws -> Bool
  ) throws
}

/// The connection that may change rows; an engine has one.
protocol EngineWriter: EngineSession {
  /// Begins a transaction, waiting for another program that writes.
  func begin() throws
  /// Ends the transaction; its changes are on disk.
  func commit() throws
  /// Takes the transaction back, where one is under way.
  func rollBack()

  /// Sets the one savepoint that a transaction can have at a time.
  func setSavepoint() throws
  /// Takes back what was changed since the savepoint, and the savepoint.
  func rollBackToSavepoint() throws
  /// Keeps what was changed since the savepoint, which is gone.
  func releaseSavepoint() throws

  /// Runs a statement that changes rows, at the latest when the next one is asked something; what is
  /// wrong with it may be reported only then. How many it changed; nil: that is not known yet.
  func put(_ statement: Statement, _ values: [StoredValue]) throws -> Int?
  /// Reports what is wrong with the statements that were put, and what has spoilt the transaction.
  func settle() throws
  /// Whether a statement failed after which the engine takes no other, until the transaction or what
  /// came since its savepoint is taken back.
  var isSpoilt: Bool { get }

  /// Runs a statement that changes rows; how many it changed.
  func change(_ statement: Statement, _ values: [StoredValue]) throws -> Int

  /// Runs a statement that adds one row to a table of numbered rows; the row's number, or nil when it
  /// was not added, because it is there.
  func insert(_ statement: Statement, _ values: [StoredValue]) throws -> Int64?
}
