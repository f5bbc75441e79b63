import Presentation
import Synchronization
import Testing

@Suite("Progress on long work")
struct ProgressLineTests {
  final class Screen: Sendable {
    private let written = Mutex<[String]>([])
    var texts: [String] { written.withLock { $0 } }
    func write(_ text: String) { written.withLock { $0.append(text) } }
  }

  @Test("a pipe or a file gets nothing")
  func pipe() {
    let screen = Screen()
    var line = ProgressLine(
      on: Terminal(isInteractive: false, width: nil), write: { screen.write($0) })
    line.show("导入", done: 1, of: 2, now: 0)
    line.clear()
    #expect(screen.texts.isEmpty)
  }

  @Test("a terminal gets a line over itself, at most ten times a second, and the end always")
  func terminal() {
    let screen = Screen()
    var line = ProgressLine(
      on: Terminal(isInteractive: true, width: 60), write: { screen.write($0) })
    line.show("导入", done: 0, of: 4, now: 0)
    line.show("导入", done: 1, of: 4, now: 99)
    line.show("导入", done: 2, of: 4, now: 100)
    line.show("导入", done: 4, of: 4, now: 101)
    line.clear()
    #expect(
      screen.texts == [
        "\r导入 ░░░░░░░░░░░░░░░░░░░░ 0%  0/4\u{1B}[K",
        "\r导入 ██████████░░░░░░░░░░ 50%  2/4\u{1B}[K",
        "\r导入 ████████████████████ 100%  4/4\u{1B}[K",
        "\r\u{1B}[K",
      ])
  }
}
