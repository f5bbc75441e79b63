internal import ExchangeRules
internal import Foundation

/// Where a node's backups are kept, its own by name.
public struct BackupFolder: Sendable {
  /// What the names of backups end with.
  public static let ending = ".xcbackup"

  private let path: String
  private let node: String

  /// The backups of a node in a folder; others in it are left alone.
  public init(_ path: String, of node: String) {
    self.path = path
    self.node = node
  }

  /// Its backups, the newest first; what cannot be read is none.
  public func backups() -> [BackupFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix("\(node)-") && $0.hasSuffix(Self.ending) }
      .compactMap { try? BackupFile("\(path)/\($0)") }
      .filter { $0.header.node == node }
      .sorted { $0.header.at > $1.header.at }
  }

  /// The file of a backup that is made at a time (milliseconds since 1970), such as
  /// `440306-20261127-141500.xcbackup`, of the day in China.
  public func file(at time: Int64) -> String {
    let digits = ChinaTime.text(time).filter(\.isNumber)
    return "\(path)/\(node)-\(digits.prefix(8))-\(digits.dropFirst(8))\(Self.ending)"
  }

  /// Removes all but the newest of its backups; the files removed.
  ///
  /// One of a time to come is of a clock that was ahead: how old it is nobody knows, and it goes
  /// before those that are dated rightly.
  ///
  /// - `now`: milliseconds since 1970.
  public func prune(to count: Int, at now: Int64) throws -> [String] {
    let all = backups()
    let dated = all.filter { $0.header.at <= now }
    return try (dated + all.filter { $0.header.at > now }).dropFirst(max(1, count)).map { old in
      try FileManager.default.removeItem(atPath: old.path)
      return old.path
    }
  }
}
