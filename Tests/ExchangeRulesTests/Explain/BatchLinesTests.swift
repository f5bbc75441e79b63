import Explain
import Testing

@Suite("Lines of a batch")
struct BatchLinesTests {
  /// Feeds a text in chunks of a size, and gives the lines; "…" is one that was too long.
  func lines(of text: String, chunk size: Int) -> [String] {
    var lines = BatchLines()
    var found: [String] = []
    func take(_ line: Span<UInt8>?) {
      guard let line else {
        found.append("…")
        return
      }
      found.append(line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    }
    let bytes = [UInt8](text.utf8)
    var start = 0
    while start < bytes.count {
      let end = min(start + size, bytes.count)
      lines.feed(bytes.span.extracting(start..<end), line: take)
      start = end
    }
    lines.finish(line: take)
    return found
  }

  @Test(
    "the lines are the same wherever the chunks end",
    arguments: [
      ("a\nbc\n\nd", ["a", "bc", "", "d"]), ("a\r\nbc\r\n", ["a", "bc"]), ("", []), ("\n", [""]),
      ("a\rb\n", ["a\rb"]), ("妊娠\n", ["妊娠"]),
    ])
  func chunks(text: String, expected: [String]) {
    for size in 1...8 {
      #expect(lines(of: text, chunk: size) == expected, "chunks of \(size)")
    }
  }

  @Test("a line that is too long is answered as such, and the run goes on")
  func tooLong() {
    let longest = String(repeating: "x", count: BatchLines.maxLineBytes)
    for size in [1000, 65_536, 200_000] {
      #expect(lines(of: longest + "\nnext\n", chunk: size) == [longest, "next"])
      #expect(lines(of: longest + "x\nnext\n" + longest + "xx", chunk: size) == ["…", "next", "…"])
    }
  }
}
