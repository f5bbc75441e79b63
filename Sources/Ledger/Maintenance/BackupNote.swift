/// What became of the backups of a ledger, as it is shown to whoever looks after the node.
public struct BackupNote: Sendable, Hashable {
  /// When: milliseconds since 1970.
  public var at: Int64
  /// Of one that was made and verified, its file; of one that was not, why.
  public var text: String

  /// A note.
  public init(at: Int64, text: String) {
    self.at = at
    self.text = text
  }

  fileprivate var stored: String { "\(at) \(text)" }

  fileprivate init?(_ stored: String?) {
    guard let parts = stored?.split(separator: " ", maxSplits: 1), parts.count == 2,
      let at = Int64(parts[0])
    else { return nil }
    self.init(at: at, text: String(parts[1]))
  }
}

extension LedgerReader {
  /// The last backup that was made and verified; nil: there was none.
  public func lastBackup() throws -> BackupNote? { BackupNote(try value(of: .lastBackup)) }

  /// Why the last attempt failed; nil: it did not.
  public func backupFailure() throws -> BackupNote? { BackupNote(try value(of: .backupFailure)) }
}

extension LedgerTransaction {
  /// Notes a backup that was made and verified: what failed before it is over.
  public func note(backup: BackupNote) throws {
    try keep(.lastBackup, backup.stored)
    try keep(.backupFailure, "")
  }

  /// Notes that a backup could not be made.
  public func note(backupFailure: BackupNote) throws {
    try keep(.backupFailure, backupFailure.stored)
  }
}
