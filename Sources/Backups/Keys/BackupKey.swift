internal import Credentials

/// A key that backups are made with: 32 random bytes.
public struct BackupKey: Sendable, Hashable {
  static let byteCount = 32

  /// Its identity, 16 hexadecimal digits, which stands in the header of each backup.
  ///
  /// Made of the key, so that no file can name a key by another's.
  public let identity: String
  /// The day on which it was made, such as `2026-11-27`.
  public let made: String
  let secret: [UInt8]

  /// A new key, made on a day.
  public init(madeOn day: String) {
    self.init(secret: RandomBytes.make(Self.byteCount), made: day)
  }

  init(secret: [UInt8], made: String) {
    self.secret = secret
    self.made = made
    let digest = SHA256Digest.of(Array("xiecha backup key".utf8) + secret)
    identity = Hexadecimal.text(digest.prefix(8))
  }
}
