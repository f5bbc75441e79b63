public import Credentials
internal import Glibc
public import Ledger

/// Makes a ledger of a backup, where there is none.
public struct Restoring: Sendable {
  private let file: String
  private let keys: SecretKeyFile
  private let node: String

  /// What was put back.
  public struct Report: Sendable, Hashable {
    /// What the backup says in clear.
    public let header: BackupHeader
    /// Sessions that were open in it, and have ended.
    public let sessions: Int
    /// The neighbours whose word the node waits for before operators may write.
    public let awaited: [String]
    /// The accounts, as they were when the backup was made.
    public let accounts: [StoredAccount]
  }

  /// A backup that is to become the ledger of a node.
  ///
  /// - Parameters:
  ///   - file: The backup.
  ///   - node: The division of the node.
  ///   - keys: The keys at hand.
  public init(_ file: String, of node: String, keys: SecretKeyFile) {
    self.file = file
    self.node = node
    self.keys = keys
  }

  /// Restores it; blocks the caller while it is decrypted.
  ///
  /// - Parameters:
  ///   - path: Where the ledger is to be; nothing may be there.
  ///   - now: Milliseconds since 1970.
  ///   - actor: Who restores it; a trace of it is left.
  /// - Returns: What was put back, for whoever looks after the node.
  /// - Throws: ``BackupFailure`` or `LedgerFailure`; nothing is left of it then.
  public func run(to path: String, now: Int64, by actor: LedgerActor) async throws -> Report {
    try BackupFailure.refuseServer(path)
    let backup = try BackupFile(file)
    guard backup.header.node == node else {
      throw BackupFailure(
        .otherNode,
        "\(file) is a backup of node \(backup.header.node), not of \(node); name that node's")
    }
    guard Ledger.knows(schema: backup.header.schema) else {
      throw BackupFailure(
        .newerVersion,
        "\(file) was made by a newer version (its ledger is \"\(backup.header.schema)\"); install "
          + "that version, then restore")
    }
    // A log of another ledger beside the name would be taken for this one's.
    for taken in ["", "-wal", "-shm"] where FreeSpace.isTaken(path + taken) {
      throw BackupFailure(
        .exists, "\(path + taken) is there already and is never replaced; move it away first")
    }
    try FreeSpace.check([(FreeSpace.folder(of: path), backup.header.bytes)])
    let temporary = path + ".restoring"
    Self.remove(temporary)
    defer { Self.remove(temporary) }
    // Sealed from its first byte where the new ledger has keys already.
    let pages = try LedgerPages(of: path)
    try decrypt(to: temporary, pages)
    if pages != nil { try Self.lendKeys(of: path, to: temporary) }
    let report = try await makeOwn(temporary, backup.header, now: now, by: actor)
    try RawFile.name(temporary, path)
    return report
  }

  private func decrypt(to path: String, _ pages: LedgerPages?) throws {
    let reader = try BackupReader(file, keys: keys)
    let target = try RawFile.creating(path)
    var offset: UInt64 = 0
    try reader.forEachChunk { chunk in
      try target.write(try pages?.seal(chunk, at: offset) ?? chunk)
      offset += UInt64(chunk.count)
    }
    try target.sync()
  }

  /// Looks through the ledger, brings it up to date, and makes it a store of its own.
  private func makeOwn(
    _ path: String, _ header: BackupHeader, now: Int64, by actor: LedgerActor
  ) async throws -> Report {
    let ledger = try Ledger(path: path)
    do {
      if let damage = try await ledger.damage().first {
        throw BackupFailure(
          .ledgerDamaged, "the ledger in \(file) is damaged (\(damage)); use another backup")
      }
      let file = file
      let report = try await ledger.commit { ledger in
        let sessions = try ledger.putBack(from: header.at, at: now)
        try ledger.leaveTrace(
          TraceEntry(at: now, actor: actor, action: "restore", purpose: file))
        return Report(
          header: header, sessions: sessions, awaited: try ledger.awaited(),
          accounts: try Self.accounts(in: ledger))
      }
      try ledger.gather()
      try ledger.close()
      return report
    } catch {
      try? ledger.close()
      throw error
    }
  }

  private static func accounts(in ledger: LedgerReader) throws -> [StoredAccount] {
    var accounts: [StoredAccount] = []
    while true {
      let page = try ledger.accounts(after: accounts.last?.name ?? "")
      if page.isEmpty { return accounts }
      accounts += page
    }
  }

  /// While the ledger has a name of its own, its keys stand beside that one too.
  private static func lendKeys(of path: String, to temporary: String) throws(BackupFailure) {
    guard link(path + ".keys", temporary + ".keys") == 0 else {
      throw BackupFailure(
        .file, "\(temporary).keys cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Removes what a restore that was broken off has left.
  private static func remove(_ temporary: String) {
    for end in ["", "-wal", "-shm", "-owner", ".keys", ".keys-lock"] { unlink(temporary + end) }
  }
}
