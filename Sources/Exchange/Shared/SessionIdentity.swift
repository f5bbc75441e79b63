internal import Credentials

/// A session's name and secret, both random: the name says nothing of the account.
struct SessionIdentity {
  /// What a session's name begins with; no account may.
  static let prefix = "session:"
  /// How long a session lasts, in milliseconds: a working day.
  static let lifeMilliseconds: Int64 = 12 * 3_600_000

  let name = prefix + hex(RandomBytes.make(12))
  let secret = hex(RandomBytes.make(32))

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }
}
