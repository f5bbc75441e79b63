import Glibc

/// What the program writes to: a person's terminal or a pipe.
public struct Terminal: Sendable, Hashable {
  /// Whether a person reads along.
  public var isInteractive: Bool
  /// Width in columns; nil where output goes to a file or a program and is not to be cut.
  public var width: Int?

  /// Describes a terminal.
  public init(isInteractive: Bool, width: Int?) {
    self.isInteractive = isInteractive
    self.width = width
  }

  /// Widths that make sense; a terminal that reports less or more is not believed.
  static let plausibleWidths = 20...1000

  /// The terminal behind a file descriptor.
  ///
  /// `columns` is the environment's COLUMNS, which people set to get a certain width also into a
  /// file.
  public static func behind(descriptor: Int32, columns: String?) -> Terminal {
    let isInteractive = isatty(descriptor) == 1
    if let columns, let width = Int(columns), plausibleWidths.contains(width) {
      return Terminal(isInteractive: isInteractive, width: width)
    }
    guard isInteractive else { return Terminal(isInteractive: false, width: nil) }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
      plausibleWidths.contains(Int(size.ws_col))
    else { return Terminal(isInteractive: true, width: 80) }
    return Terminal(isInteractive: true, width: Int(size.ws_col))
  }
}
