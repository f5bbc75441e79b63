import Logging
import Testing

@testable import Exchange

@Suite(
  "A line that a neighbour or a full disk can repeat is shown at first, counted, and shown again")
struct RepeatedLinesTests {
  @Test("for each line and each neighbour; also when the clock was set back")
  func levels() {
    let table: [(line: String, peer: String, now: Int64, level: Logger.Level, repeated: Int)] = [
      ("a", "44", 1000, .notice, 0), ("a", "44", 1000, .debug, 0), ("a", "44", 60_999, .debug, 0),
      ("a", "45", 60_999, .notice, 0), ("b", "44", 60_999, .notice, 0),
      ("a", "44", 61_000, .notice, 2), ("a", "44", 61_001, .debug, 0), ("a", "44", 500, .notice, 1),
    ]
    let lines = RepeatedLines()
    for row in table {
      let shown = lines.level(.notice, of: row.line, row.peer, now: row.now)
      #expect(shown.level == row.level && shown.repeated == row.repeated, "\(row)")
    }
  }

  @Test("what goes on for a day is shown some thirty times, and no repetition is lost (fault 21)")
  func forADay() {
    let lines = RepeatedLines()
    var (shown, counted) = (0, 0)
    for second in stride(from: Int64(0), to: 86_400, by: 12) {
      let line = lines.level(.error, of: "down", "44", now: second * 1000)
      guard line.level == .error else { continue }
      shown += 1
      counted += line.repeated + 1
    }
    #expect((24...32).contains(shown))
    counted += lines.ended(now: 200_000_000).map(\.repeated).reduce(0, +)
    #expect(counted == 7200)
  }

  @Test("when it has ended, the last is told with the number")
  func ended() {
    let lines = RepeatedLines()
    for time in [Int64(0), 1000, 2000] { _ = lines.level(.error, of: "full", "disk", now: time) }
    #expect(lines.ended(now: 61_999) == [])
    #expect(
      lines.ended(now: 62_000) == [.init(line: "full", peer: "disk", repeated: 2, last: 2000)])
    #expect(lines.ended(now: 62_000) == [])
  }
}
