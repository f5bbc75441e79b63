/// Opens the database behind a ledger: looks before it touches, then makes it ours and current.
struct PostgreSQLOpening: Sendable {
  let place: PostgreSQLPlace
  let options: LedgerOptions
  var failures: PostgreSQLFailures { PostgreSQLFailures(place: place.text) }

  private static let text = Statement(
    "how the database orders texts",
    """
    SELECT pg_encoding_to_char(encoding)::text, datcollate::text FROM pg_database
    WHERE datname = current_database()
    """)
  private static let tables = Statement(
    "how many tables there are",
    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
  private static let hasVersion = Statement(
    "whether the tables are a ledger's",
    """
    SELECT count(*) FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = '\(PostgreSQLSchema.versionTable)'
    """)
  private static let version = Statement(
    "the version of the tables", "SELECT version FROM \(PostgreSQLSchema.versionTable)")
  private static let claim = Statement(
    "claim the ledger", "SELECT pg_advisory_lock(\(PostgreSQLClaim.owning))")
  private static let release = Statement(
    "give the ledger up", "SELECT pg_advisory_unlock(\(PostgreSQLClaim.owning))")
  private static let wait = Statement(
    "wait for others that write", "SELECT pg_advisory_xact_lock(\(PostgreSQLClaim.writing))")
  private static let patience = Statement(
    "how long to wait for a lock", "SELECT set_config('lock_timeout', ?, false)")
  private static let begin = Statement("begin to make tables", "BEGIN")
  private static let commit = Statement("keep the tables", "COMMIT")

  /// Orders of texts by their bytes, by the names that systems give them.
  private static let byteOrders = ["C", "POSIX", "C.UTF-8", "C.utf8"]

  /// The first connection: of a node with its claim on the ledger.
  func open() throws(LedgerFailure) -> PostgreSQLConnection {
    if options.maximumBytes != nil { throw failures.sizeIsTheServers }
    do {
      let connection = try firstConnection()
      let isCurrent = try inspect(connection)
      if options.owner == .node || !isCurrent { try claim(connection) }
      if !isCurrent { try makeTables(connection) }
      if options.owner != .node, !isCurrent { try ask(connection, Self.release) }
      return connection
    } catch {
      throw LedgerFailure.told(error) as? LedgerFailure
        ?? LedgerFailure(.storage, "the ledger \(place.text) cannot be opened: \(error)")
    }
  }

  /// Who cannot connect when the ledger is opened is told to look at the server; later it comes back by
  /// itself.
  private func firstConnection() throws -> PostgreSQLConnection {
    do {
      return try connect()
    } catch {
      guard error.failure.reason == .busy else { throw error }
      throw failures.unreadable(error.failure.text)
    }
  }

  /// A connection to write by, in the place of one that was lost: of a node with its claim.
  func openAgain() throws -> PostgreSQLConnection {
    let connection = try connect()
    if options.owner == .node { try claim(connection) }
    return connection
  }

  /// A connection without a claim.
  func connect() throws(EngineFailure) -> PostgreSQLConnection {
    try PostgreSQLConnection(place, settings: settings)
  }

  private var settings: [(name: String, value: String)] {
    [
      ("lock_timeout", "\(Int(options.lockWaitSeconds * 1000))"),
      // What was acknowledged is on disk, whatever the server's default is; at least here, and on the
      // standbys that `synchronous_standby_names` asks for.
      ("synchronous_commit", "on"),
      // Each statement has its index, which a plan made while the tables are small would pass by.
      ("enable_seqscan", "off"), ("jit", "off"),
    ]
  }

  /// Whether the tables are current already; reads only, so that a stranger's database stays as it is.
  private func inspect(_ connection: PostgreSQLConnection) throws -> Bool {
    if connection.serverVersion < PostgreSQLLimits.oldestServer {
      throw failures.oldServer(connection.serverVersion)
    }
    var (encoding, collation) = ("", "")
    try ask(connection, Self.text) { (encoding, collation) = ($0.text(0), $0.text(1)) }
    guard encoding == "UTF8", Self.byteOrders.contains(collation) else {
      throw failures.wrongText(encoding: encoding, collation: collation)
    }
    var (tables, marks): (Int64, Int64) = (0, 0)
    try ask(connection, Self.tables) { tables = $0.int64(0) }
    if tables == 0 { return false }
    try ask(connection, Self.hasVersion) { marks = $0.int64(0) }
    guard marks == 1 else { throw failures.notALedger }
    var version = ""
    try ask(connection, Self.version) { version = $0.text(0) }
    guard version == PostgreSQLSchema.version else {
      throw LedgerFailure.newerVersion(version, at: place.text)
    }
    return true
  }

  private func claim(_ connection: PostgreSQLConnection) throws {
    do {
      try set(connection, lockMilliseconds: PostgreSQLLimits.claimMilliseconds)
      try ask(connection, Self.claim)
      try set(connection, lockMilliseconds: Int(options.lockWaitSeconds * 1000))
    } catch let failure as EngineFailure where failure.failure.reason == .busy && !connection.isLost
    {
      throw EngineFailure(
        failure: options.owner == .node ? failures.inUse : .needsUpdate(place.text),
        concernsAll: true)
    }
  }

  private func set(_ connection: PostgreSQLConnection, lockMilliseconds: Int) throws {
    try connection.send(Self.patience, [.text("\(lockMilliseconds)")])
    try connection.collect()
  }

  private func makeTables(_ connection: PostgreSQLConnection) throws {
    try connection.send(Self.begin)
    try connection.send(Self.wait)
    for statement in PostgreSQLSchema.statements {
      try connection.send(statement)
    }
    try connection.send(Self.commit)
    try connection.collect()
  }

  private func ask(
    _ connection: PostgreSQLConnection, _ statement: Statement,
    _ body: (any EngineRow) throws -> Void = { _ in }
  ) throws {
    try connection.send(statement)
    try withoutActuallyEscaping(body) { body in
      _ = try connection.collect { row in
        try body(row)
        return false
      }
    }
  }
}
