/// Random bytes that nobody can guess, from the system's generator (getrandom).
public enum RandomBytes {
  /// So many of them.
  public static func make(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<max(0, count)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
