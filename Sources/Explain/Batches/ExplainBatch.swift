public import ExchangeRules

/// `xiecha explain --batch`: one JSON question a line, one JSON answer a line, in order.
///
/// A line that cannot be answered gets its error, and the run goes on.
public struct ExplainBatch: Sendable {
  private let calendar: WorkingCalendar
  private let profiles: [RuleProfile]

  /// Answers by a calendar and a set of profiles.
  public init(calendar: WorkingCalendar, profiles: [RuleProfile] = RuleProfile.builtIn) {
    self.calendar = calendar
    self.profiles = profiles
  }

  /// Appends the answer to a line, and a line end.
  ///
  /// `nil` is a line that was too long.
  public func answer(line: Span<UInt8>?, into output: inout [UInt8]) {
    do throws(BatchRefusal) {
      guard let line else { throw BatchRefusal.tooLong }
      let facts = try ExplainQuestion(line: line).facts(line, profiles: profiles)
      try ExplainBatch.write(ruling(on: facts), into: &output)
    } catch {
      output.write(error)
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// The answer to a line, without a line end.
  public func answer(line: String) -> String {
    var output: [UInt8] = []
    answer(line: [UInt8](line.utf8).span, into: &output)
    return String(decoding: output.dropLast(), as: UTF8.self)
  }

  /// What the rules say about an item, or which of its fields keeps them from saying it.
  public func ruling(on facts: ItemFacts) throws(BatchRefusal) -> ItemRuling {
    let allowed = ProfileRule.check(
      facts.profile, category: facts.category, submitted: facts.submitted)
    if let failure = allowed.failure {
      throw BatchRefusal(field: failure.field, reason: failure.reason)
    }
    do {
      return try ItemRuling(of: facts, calendar: calendar)
    } catch {
      throw BatchRefusal(
        field: error.field,
        reason: "calendarNotCovered: \(error.gap.year); extend it with \(CalendarGap.remedy)")
    }
  }

  private static func write(_ ruling: ItemRuling, into output: inout [UInt8]) {
    output.write("{\"urgency\":")
    output.writeQuoted(ruling.urgency.word)
    output.write(",\"response\":")
    output.writeQuoted(ruling.response.rawValue)
    output.write(",\"submissionCycle\":")
    output.writeQuoted(ruling.submissionCycle.description)
    output.write(",\"deadlines\":[")
    var isFirst = true
    for deadline in ruling.deadlines {
      output.write(isFirst ? "{\"rule\":" : ",{\"rule\":")
      isFirst = false
      output.writeQuoted(deadline.rule)
      output.write(",\"for\":")
      output.writeQuoted(deadline.purpose.rawValue)
      output.write(",\"start\":")
      output.write(deadline.start)
      output.write(",\"length\":")
      output.write(deadline.length)
      output.write(",\"unit\":")
      output.writeQuoted(deadline.unit.rawValue)
      output.write(",\"due\":")
      output.write(deadline.due)
      output.write("}")
    }
    output.write("],\"due\":")
    output.write(ruling.due)
    output.write("}")
  }
}
