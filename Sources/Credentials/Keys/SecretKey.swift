/// A key that a node encrypts with: 32 random bytes.
public struct SecretKey: Sendable, Hashable {
  /// What a key is for; the names are those in its file.
  public enum Purpose: String, Sendable {
    /// Backups are made with it.
    case backups = "backup"
    /// The keys of a sealed ledger are wrapped with it.
    case store
  }

  /// How many bytes a key has.
  public static let byteCount = 32

  /// Its identity, 16 hexadecimal digits, which stands beside what was made with it.
  ///
  /// Made of the key, so that no file can name a key by another's.
  public let identity: String
  /// The day on which it was made, such as `2026-11-27`.
  public let made: String
  /// The key itself.
  public let secret: [UInt8]

  /// A new key, made on a day.
  public init(for purpose: Purpose, madeOn day: String) {
    self.init(for: purpose, secret: RandomBytes.make(Self.byteCount), made: day)
  }

  init(for purpose: Purpose, secret: [UInt8], made: String) {
    self.secret = secret
    self.made = made
    let digest = SHA256Digest.of(Array("xiecha \(purpose.rawValue) key".utf8) + secret)
    identity = Hexadecimal.text(digest.prefix(8))
  }
}
