/// One line on a terminal that says how far long work has come, written over itself.
///
/// Into a pipe or a file it writes nothing, so that a program that reads the output never meets it.
public struct ProgressLine: Sendable {
  /// Between two updates; more often only flickers.
  public static let intervalMilliseconds: Int64 = 100

  private let isShown: Bool
  private let width: Int
  private let write: @Sendable (String) -> Void
  private var lastShown: Int64?
  private var isOnScreen = false

  /// A line that is written by `write` (to standard error).
  public init(on terminal: Terminal, write: @escaping @Sendable (String) -> Void) {
    isShown = terminal.isInteractive
    width = terminal.width ?? 80
    self.write = write
  }

  /// Shows how far it is; `total` nil where the end is not known.
  ///
  /// `now` in milliseconds of any clock that does not go back.
  public mutating func show(_ label: String, done: Int, of total: Int?, now: Int64) {
    guard isShown else { return }
    let isLast = total.map { done >= $0 } ?? false
    if let lastShown, now - lastShown < ProgressLine.intervalMilliseconds, !isLast { return }
    lastShown = now
    isOnScreen = true
    write("\r" + DisplayWidth.cut(line(label, done: done, of: total), to: width - 1) + "\u{1B}[K")
  }

  /// Takes the line off the screen, for the result to stand in its place.
  public mutating func clear() {
    guard isOnScreen else { return }
    isOnScreen = false
    write("\r\u{1B}[K")
  }

  private func line(_ label: String, done: Int, of total: Int?) -> String {
    guard let total, total > 0 else { return "\(label) \(done)" }
    let share = min(100, done * 100 / total)
    let filled = share / 5
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    return "\(label) \(bar) \(share)%  \(done)/\(total)"
  }
}
