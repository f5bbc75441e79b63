import ExchangeRules
import Explain
import FuzzTargets
import ReferenceData

/// Lines of questions, cut in two anywhere.
enum BatchInput {
  private static let explaining = ExplainBatch(calendar: .national)
  private static let checking = CheckIDBatch(
    register: .national, today: CivilDate(year: 2026, month: 1, day: 15))

  static func explain(_ input: [UInt8]) throws(BrokenProperty) {
    try run(input) { explaining.answer(line: $0, into: &$1) }
  }

  static func checkID(_ input: [UInt8]) throws(BrokenProperty) {
    try run(input) { checking.answer(line: $0, into: &$1) }
  }

  private static func run(
    _ input: [UInt8], _ answer: (Span<UInt8>?, inout [UInt8]) -> Void
  ) throws(BrokenProperty) {
    let (first, second) = Halves.of(input)
    let apart = answers(to: [Array(first), Array(second)], answer)
    let together = answers(to: [Array(first + second)], answer)
    try BrokenProperty.unless(
      apart.output == together.output, "lines are the same in whatever pieces they come")
    try BrokenProperty.unless(
      apart.output.count(where: { $0 == UInt8(ascii: "\n") }) == apart.lines,
      "one line answers one line")
    try BrokenProperty.unless(
      !apart.output.contains { $0 < 0x20 && $0 != UInt8(ascii: "\n") },
      "an answer holds no control character")
  }

  private static func answers(
    to pieces: [[UInt8]], _ answer: (Span<UInt8>?, inout [UInt8]) -> Void
  ) -> (output: [UInt8], lines: Int) {
    var lines = BatchLines()
    var output: [UInt8] = []
    var count = 0
    for piece in pieces {
      lines.feed(piece.span) { line in
        count += 1
        answer(line, &output)
      }
    }
    lines.finish { line in
      count += 1
      answer(line, &output)
    }
    return (output, count)
  }
}
