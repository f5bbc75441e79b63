internal import Ledger

/// Why a backup was not made, or is not taken: a stable reason for programs, one line for people.
public struct BackupFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reasons, stable for programs.
  public enum Reason: String, Sendable, CaseIterable {
    /// None of the keys at hand is the one that the backup was made with.
    case wrongKey
    /// Something of that name is there already.
    case exists
    /// It is no backup of Xiecha.
    case notABackup
    /// A newer version made it.
    case newerVersion
    /// It is another node's.
    case otherNode
    /// It was changed, or damaged on its disk.
    case damaged
    /// Its end is missing.
    case cutShort
    /// The ledger itself contradicts itself: no backup of it is worth its name.
    case ledgerDamaged
    /// There is too little space on a disk.
    case noSpace
    /// Another backup of the same ledger is being made.
    case underWay
    /// The ledger is on a database server, which has its own tools for backups.
    case onServer
    /// A file cannot be read or written.
    case file
  }

  /// The reason, for programs.
  public let reason: Reason
  /// One line for people: what is wrong, where, and what to do.
  ///
  /// Never personal data, never a key.
  public let text: String

  /// A failure with its reason and its line.
  public init(_ reason: Reason, _ text: String) {
    self.reason = reason
    self.text = text
  }

  /// The line for people.
  public var description: String { text }

  /// Refuses the place of a ledger on a database server: its people back it up.
  static func refuseServer(_ place: String) throws(BackupFailure) {
    guard Ledger.isOnServer(place) else { return }
    throw BackupFailure(
      .onServer,
      "\(place) is on a PostgreSQL server; back it up and restore it by the server's own tools "
        + "(pg_basebackup and the archive of its log, or pg_dump)")
  }
}
