import Glibc

/// A line that is typed at the terminal and not shown: a password.
///
/// The keys are read one by one, so that Ctrl-C too comes here and the terminal is as it was before
/// when the program ends.
public enum SecretLine {
  /// Why there is no line.
  public enum Failure: Error, Sendable, Hashable {
    /// The program has no terminal.
    case noTerminal
    /// Ctrl-C, or the terminal is gone.
    case interrupted
  }

  /// The longest line taken, in bytes: longer than any password that an account can have.
  public static let longestBytes = 1024

  /// Asks at the program's terminal.
  public static func ask(_ prompt: String) throws(Failure) -> String {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { throw .noTerminal }
    defer { close(terminal) }
    return try ask(prompt, at: terminal)
  }

  static func ask(_ prompt: String, at terminal: Int32) throws(Failure) -> String {
    var settings = termios()
    guard tcgetattr(terminal, &settings) == 0 else { throw .noTerminal }
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer { tcsetattr(terminal, TCSAFLUSH, &settings) }
    tell(prompt, terminal)
    defer { tell("\r\n", terminal) }
    return String(decoding: try line(of: terminal), as: UTF8.self)
  }

  private static func line(of terminal: Int32) throws(Failure) -> [UInt8] {
    var typed: [UInt8] = []
    var key: UInt8 = 0
    while typed.count < longestBytes {
      guard read(terminal, &key, 1) == 1 else { throw .interrupted }
      switch key {
      case UInt8(ascii: "\r"), UInt8(ascii: "\n"), Key.end: return typed
      case Key.interrupt: throw .interrupted
      case Key.clear: typed = []
      case Key.backspace, Key.delete:
        // A character of UTF-8 goes with the bytes that continue it.
        while let last = typed.popLast(), last & 0xC0 == 0x80 {}
      default: typed.append(key)
      }
    }
    return typed
  }

  private enum Key {
    static let interrupt: UInt8 = 0x03
    static let end: UInt8 = 0x04
    static let backspace: UInt8 = 0x08
    static let clear: UInt8 = 0x15
    static let delete: UInt8 = 0x7F
  }

  private static func tell(_ text: String, _ terminal: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
  }
}
