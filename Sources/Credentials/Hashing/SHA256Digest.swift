/// SHA-256 (FIPS 180-4) by the system's OpenSSL, for whoever binds data together by its hash.
public enum SHA256Digest {
  /// The digest's size, in bytes.
  public static let byteCount = SHA256Functions.digestBytes

  /// The digest of some bytes, and of others behind them.
  public static func of(_ bytes: [UInt8], _ more: [UInt8] = [], _ last: [UInt8] = []) -> [UInt8] {
    SHA256Functions.digest(bytes, more, last)
  }
}
