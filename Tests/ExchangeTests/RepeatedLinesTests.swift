import Logging
import Testing

@testable import Exchange

@Suite("A line that a neighbour can repeat is loud once a minute")
struct RepeatedLinesTests {
  @Test("for each line and each neighbour; also when the clock was set back")
  func levels() {
    let table: [(line: String, peer: String, now: Int64, level: Logger.Level)] = [
      ("a", "44", 1000, .notice), ("a", "44", 1000, .debug), ("a", "44", 60_999, .debug),
      ("a", "45", 60_999, .notice), ("b", "44", 60_999, .notice), ("a", "44", 61_000, .notice),
      ("a", "44", 61_001, .debug), ("a", "44", 500, .notice),
    ]
    let lines = RepeatedLines()
    for row in table {
      #expect(
        lines.level(.notice, of: row.line, row.peer, now: row.now) == row.level, "\(row)")
    }
  }
}
