public import Credentials
internal import Glibc
public import Ledger

/// Makes one backup of a ledger, beside whatever writes to it.
public struct BackupRun: Sendable {
  private let ledger: Ledger
  private let key: SecretKey
  private let node: String
  private let now: @Sendable () -> Int64

  /// What was made, and how long each step took, in milliseconds.
  public struct Report: Sendable, Hashable {
    /// The file.
    public let file: String
    /// What it says in clear.
    public let header: BackupHeader
    /// One state of the ledger was held so long, copied and looked through.
    public var copying: Int64
    /// Encrypted and on disk.
    public var encrypting: Int64
    /// Read back, opened and compared.
    public var verifying: Int64
  }

  /// A backup of a node's ledger.
  ///
  /// - Parameters:
  ///   - ledger: The ledger.
  ///   - node: The division whose it is.
  ///   - key: The key to encrypt with.
  ///   - now: Milliseconds since 1970.
  public init(
    of ledger: Ledger, node: String, key: SecretKey, now: @escaping @Sendable () -> Int64
  ) {
    self.ledger = ledger
    self.node = node
    self.key = key
    self.now = now
  }

  /// Makes it, verifies it, and gives it its name; blocks the caller meanwhile.
  ///
  /// - Throws: ``BackupFailure`` or `LedgerFailure`; nothing is left of it then.
  public func make(_ path: String) throws -> Report {
    try BackupFailure.refuseServer(ledger.path)
    if FreeSpace.isTaken(path) { throw RawFile.exists(path) }
    let lock = try Turn(of: ledger.path)
    defer { lock.end() }
    let (copy, part) = (ledger.path + ".backup-copy", path + ".part")
    // What a process that was killed has left: nobody else may be at it now.
    for old in [copy, copy + "-journal", part] { unlink(old) }
    let size = FreeSpace.bytes(of: ledger.path) + FreeSpace.bytes(of: ledger.path + "-wal")
    try FreeSpace.check([
      (FreeSpace.folder(of: ledger.path), size), (FreeSpace.folder(of: path), size),
    ])
    defer { for temporary in [copy, part] { unlink(temporary) } }
    let began = now()
    let damage = try ledger.copy(to: copy)
    if let first = damage.first {
      throw BackupFailure(
        .ledgerDamaged,
        "the ledger \(ledger.path) is damaged (\(first)); restore an earlier backup")
    }
    let copied = now()
    let digest = try BackupWriter(key: key, pages: ledger.pages).write(
      copy, of: node, at: began, schema: Ledger.schemaVersion, to: part)
    unlink(copy)
    let encrypted = now()
    let header = try verify(part, against: digest)
    try RawFile.name(part, path)
    return Report(
      file: path, header: header, copying: copied - began, encrypting: encrypted - copied,
      verifying: now() - encrypted)
  }

  private func verify(_ path: String, against digest: [UInt8]) throws -> BackupHeader {
    let reader = try BackupReader(path, keys: SecretKeyFile(of: key, for: .backups))
    reader.forgetCache()
    let read = StreamDigest()
    try reader.forEachChunk(read.add)
    guard read.end() == digest else {
      throw BackupFailure(
        .damaged, "\(path) does not read as it was written; look at its disk, then try again")
    }
    return reader.header
  }
}

/// The turn to make a backup of a ledger: one at a time, over all processes; gone with its process.
private struct Turn {
  private let descriptor: Int32

  init(of ledger: String) throws(BackupFailure) {
    let path = ledger + ".backup-lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw BackupFailure(.file, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw BackupFailure(
        .underWay, "another backup of \(ledger) is being made; try again when it is done")
    }
  }

  func end() { close(descriptor) }
}
