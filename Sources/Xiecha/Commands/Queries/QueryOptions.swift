import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// What a combined query asks of items, as it is written on the command line.
struct QueryOptions: ParsableArguments {
  @Option(help: "in 收到的，out 发出的 · in: put to us, out: put by us.")
  var box: String?

  @Option(help: "区划（含下级），任一方 · A division or any below it, on either side.")
  var place: String?

  @Option(help: "种类 · assistRequest, serviceNotice.")
  var kind: [String] = []

  @Option(help: "信息类别，可多选 · Categories, by number or word: 3,11.")
  var category: [String] = []

  @Option(help: "状态，可多选 · States: received,assigned.")
  var state: [String] = []

  @Option(help: "紧急程度，可多选 · none, normal, urgent.")
  var urgency: [String] = []

  @Option(help: "结果，可多选 · found, notFound, mismatch.")
  var finding: [String] = []

  @Option(help: "时限，可多选 · open, inTime, lateDone, overdue.")
  var lateness: [String] = []

  @Option(help: "提交日期起 · Submitted on this day or later, YYYY-MM-DD.")
  var from: String?

  @Option(help: "提交日期止 · Submitted on this day or earlier, YYYY-MM-DD.")
  var through: String?

  func validate() throws { _ = try conditions() }

  /// Whether anything is asked.
  var asksNothing: Bool {
    box == nil && place == nil && from == nil && through == nil
      && [kind, category, state, urgency, finding, lateness].allSatisfy(\.isEmpty)
  }

  /// What is asked.
  func conditions() throws -> QueryConditions {
    var conditions = QueryConditions()
    conditions.box = try Self.box(box)
    conditions.place = try FigureOptions.division("--place", place).map { "\($0)" } ?? ""
    let kinds = try Self.numbers("--kind", kind, ItemKind.allCases, \.word, \.label)
    // Both are any.
    conditions.kind = kinds.count == 1 ? ItemKind(rawValue: Int(kinds[0])) : nil
    conditions.categories = try Self.numbers(
      "--category", category, Category.allCases, \.word, \.label)
    conditions.states = try Self.numbers("--state", state, ItemState.allCases, \.word, \.label)
    conditions.urgencies = try Self.numbers("--urgency", urgency, Urgency.allCases, \.word, \.label)
    conditions.findings = try Self.numbers("--finding", finding, Finding.allCases, \.word, \.label)
    conditions.lateness = try Self.numbers(
      "--lateness", lateness, Lateness.allCases, \.word, \.label)
    conditions.from = try Self.day("--from", from)
    conditions.through = try Self.day("--through", through)
    if conditions.through > 0, conditions.from > conditions.through {
      throw ValidationError("--from \(from ?? "") > --through \(through ?? "")")
    }
    return conditions
  }

  private static func box(_ written: String?) throws -> Box {
    switch written?.lowercased() {
    case nil: .unspecified
    case "in": .in
    case "out": .out
    case let other?: throw ValidationError("--box \(other)：in, out")
    }
  }

  /// The numbers of words: each is a word of programs, the label in Chinese, or the number itself.
  private static func numbers<Word: RawRepresentable<Int>>(
    _ option: String, _ written: [String], _ all: [Word], _ word: (Word) -> String,
    _ label: (Word) -> BilingualText
  ) throws -> [UInt32] {
    let parts = written.flatMap { $0.split(whereSeparator: { ",，、".contains($0) }) }
    let found = try parts.map { part in
      let typed = part.trimmingBlanks
      let match = all.first {
        word($0).lowercased() == typed.lowercased() || label($0).chinese == typed
          || "\($0.rawValue)" == typed
      }
      guard let match else {
        let choices = all.map(word).joined(separator: ", ")
        throw ValidationError("\(option) \(typed)：\(choices)")
      }
      return UInt32(match.rawValue)
    }
    return Set(found).sorted()
  }

  private static func day(_ option: String, _ written: String?) throws -> Int32 {
    guard let written else { return 0 }
    guard let day = CivilDate(written) else {
      throw ValidationError("\(option) \(written)：YYYY-MM-DD")
    }
    return day.yyyymmdd
  }
}
