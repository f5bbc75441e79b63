import NIOCore
import Testing

@testable import RPC

@Suite("Lines on connections that end badly")
struct EndLogTests {
  @Test("So many a minute of each reason, then counted; the next minute says how many were missed")
  func bounded() {
    let log = ReasonLog()
    let ends = EndLog(log.logger)
    let start = NIODeadline.now()
    for second in 0..<50 {
      ends.note("too-many-pings", from: nil, now: start + .seconds(Int64(second)))
    }
    #expect(log.lines.value == LineLimit.linesPerMinute)
    ends.note("silent", from: nil, now: start)
    #expect(log.lines.value == LineLimit.linesPerMinute + 1)
    ends.note("too-many-pings", from: nil, now: start + .seconds(60))
    #expect(log.lines.value == LineLimit.linesPerMinute + 2)
  }
}
