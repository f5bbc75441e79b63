internal import Dispatch

/// The rows of a ledger in a database of a PostgreSQL server: a writer, and readers beside it.
///
/// Copies and the file's upkeep are the server's; what is asked of them is refused.
final class PostgreSQLEngine: Engine {
  private let failures: PostgreSQLFailures
  private let queue = DispatchQueue(label: "Ledger.writer")
  private let writer: PostgreSQLKeptWriter
  private let readers: PostgreSQLReaders
  /// There is no file: what lies on the server's disks is encrypted there.
  let seal: SealRing? = nil

  init(place: String, options: LedgerOptions) throws(LedgerFailure) {
    let opening = PostgreSQLOpening(place: try PostgreSQLPlace(place), options: options)
    failures = opening.failures
    let connection = try opening.open()
    writer = PostgreSQLKeptWriter(
      PostgreSQLWriter(connection, failures: failures) { try opening.openAgain() })
    readers = PostgreSQLReaders { try opening.connect() }
  }

  func write(_ work: @escaping @Sendable (any EngineWriter) -> Void) {
    queue.async { work(self.writer.writer) }
  }

  func writeHere<Value>(_ work: (any EngineWriter) throws -> Value) rethrows -> Value {
    try queue.sync { try work(writer.writer) }
  }

  func read<Value: Sendable>(
    _ work: @escaping @Sendable (any EngineSession) throws -> Value
  ) async throws -> Value {
    try await readers.read(work)
  }

  func readHere<Value>(_ work: (any EngineSession) throws -> Value) throws -> Value {
    try readers.readHere(work)
  }

  func copy(to target: String) throws -> [String] { throw failures.isTheServers("a copy") }

  func gather() throws { throw failures.isTheServers("a copy") }

  func damage() async throws -> [String] {
    try await readers.read { session in
      var damage: [String] = []
      for reference in PostgreSQLSchema.references {
        try session.run(reference.strays, []) { row in
          damage.append(
            "table \(reference.table) refers \(row.int64(0)) times to a missing row of "
              + reference.parent)
          return false
        }
      }
      return damage
    }
  }

  func close() throws {
    queue.sync { writer.writer.close() }
    readers.close()
  }
}

/// The writer, for its queue to hold.
private final class PostgreSQLKeptWriter: @unchecked Sendable {
  // Touched only on the writer's queue.
  let writer: PostgreSQLWriter

  init(_ writer: PostgreSQLWriter) {
    self.writer = writer
  }
}
