/// SHA-256 for those who must bind bytes to each other, such as the rows of a trace (G2).
public enum SHA256Digest {
  /// The 32 bytes of the digest.
  public static func of(_ bytes: [UInt8]) -> [UInt8] { SHA256Functions.digest(bytes) }
}
