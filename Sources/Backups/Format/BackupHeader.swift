internal import Credentials
internal import Foundation

/// What a backup says in clear: enough to know whose it is, of when, and which key opens it; nothing of
/// a person.
public struct BackupHeader: Sendable, Hashable, Codable {
  /// The division of the node whose ledger it is.
  public let node: String
  /// When the copy was made: milliseconds since 1970, UTC.
  public let at: Int64
  /// The version of the ledger's tables.
  public let schema: String
  /// How long the ledger is, in bytes.
  public let bytes: UInt64
  /// The identity of the key that it was made with.
  public let key: String
  /// From which the key of this one file is made: 32 hexadecimal digits.
  let salt: String

  /// The format that this program writes and reads.
  static let firstLine = "xiecha-backup 1\n"
  /// Bytes of both lines, at most.
  static let longestBytes = 4096

  /// Both lines, as they stand in the file.
  func lines() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try Array(Self.firstLine.utf8) + Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// The header at the beginning of a file, and its lines as they stand there.
  static func read(
    _ bytes: [UInt8], of file: String
  ) throws(BackupFailure) -> (header: BackupHeader, lines: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    guard let end = bytes.firstIndex(of: newline),
      String(decoding: bytes[...end], as: UTF8.self).hasPrefix("xiecha-backup ")
    else {
      throw BackupFailure(.notABackup, "\(file) is no backup of Xiecha; name another file")
    }
    guard String(decoding: bytes[...end], as: UTF8.self) == Self.firstLine else {
      throw BackupFailure(
        .newerVersion,
        "\(file) is a backup of a newer format; install the version that made it, or a later one")
    }
    guard let second = bytes[(end + 1)...].firstIndex(of: newline),
      let header = try? JSONDecoder().decode(
        BackupHeader.self, from: Data(bytes[(end + 1)..<second])),
      Hexadecimal.bytes(header.salt)?.count == ChunkSeal.saltBytes
    else {
      throw BackupFailure(.damaged, "\(file): its header is damaged; use another backup")
    }
    return (header, Array(bytes[...second]))
  }
}
