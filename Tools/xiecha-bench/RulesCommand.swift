import ArgumentParser
import ExchangeRules
import Explain
import Foundation
import ReferenceData

/// Lines per second of `explain --batch` and `check-id --batch`, beside copying the same lines.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "A million questions to the rules, beside reading and copying the same bytes.")

  @Option(help: "Lines for each figure.") var lines = 1_000_000

  @OptionGroup var report: Report

  func run() throws {
    var results = report.begin("rules")
    let explain = ExplainBatch(calendar: .national)
    let check = CheckIDBatch(
      register: .national, today: CivilDate(year: 2026, month: 1, day: 1))
    print("| work | lines/s | × the time of a copy |")
    print("|---|---|---|")
    try measure("explain --batch", questions(), &results) { explain.answer(line: $0, into: &$1) }
    try measure("check-id --batch", numbers(), &results) { check.answer(line: $0, into: &$1) }
    try results.finish()
  }

  private func measure(
    _ name: String, _ text: [UInt8], _ results: inout Report.Results,
    _ answer: @escaping (Span<UInt8>?, inout [UInt8]) -> Void
  ) throws {
    let copying = time(text) { line, out in
      if let line { line.withUnsafeBufferPointer { out.append(contentsOf: $0) } }
    }
    let answering = time(text, answer)
    let ratio = String(format: "%.1f", answering / copying)
    print("| \(name) | \(Int(Double(lines) / answering)) | \(ratio) |")
    try results.add(name, Double(lines) / answering, "lines/s")
    try results.add("\(name), beside a copy", answering / copying, "times")
  }

  private func time(_ text: [UInt8], _ work: (Span<UInt8>?, inout [UInt8]) -> Void) -> Double {
    let start = ContinuousClock.now
    var reader = BatchLines()
    var out: [UInt8] = []
    reader.feed(text.span) { line in
      work(line, &out)
      if out.count > 1 << 16 { out.removeAll(keepingCapacity: true) }
    }
    reader.finish { line in work(line, &out) }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  private func questions() -> [UInt8] {
    let kinds = ["assistRequest", "serviceNotice"]
    var text = ""
    for number in 0..<lines {
      let category = Category.allCases[number % Category.allCases.count].word
      let day = 10 + number % 18
      text += """
        {"kind":"\(kinds[number % 2])","category":"\(category)","currentlyPregnant":\
        \(number % 3 == 0),"occurred":"2009-06-\(day)","submitted":"2009-07-\(day)","received":\
        "2009-08-\(day)","profile":"\(number % 5 == 0 ? "fujian" : "provincial-2009")"}

        """
    }
    return Array(text.utf8)
  }

  private func numbers() -> [UInt8] {
    var text = ""
    for number in 0..<lines {
      text += "440726198\(number % 10)0615\(1000 + number % 9000)\n"
    }
    return Array(text.utf8)
  }
}
