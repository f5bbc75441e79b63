/// S6.4: the household place searches the register of women of childbearing age, then the paper
/// ledger, then the public-security household register, and records each step.
///
/// "Not found" without all three is refused.
public enum SearchOrder {
  /// Whether the steps carry a "not found" answer of the household place.
  public static func check(_ answer: AnswerFacts) -> RuleVerdict {
    guard answer.finding == .notFound else { return .meets }
    if let source = answer.steps.first(where: \.found)?.source {
      return .fails(
        RuleFailure(
          rule: "S6.4", field: "finding", reason: .contradicted,
          chinese: "已在“\(source.label.chinese)”查到，不能反馈“查无此人”",
          english: "she was found in the \(source.label.english); the answer cannot be not found"))
    }
    guard answer.answeredBy == .household else { return .meets }
    let taken = firstSteps(of: answer.steps)
    if let missing = SearchSource.householdOrder.first(where: { !taken.contains($0) }) {
      return .fails(
        RuleFailure(
          rule: "S6.4", field: "steps", reason: .missing,
          chinese: "尚未查找“\(missing.label.chinese)”，三步查完方可反馈“查无此人”",
          english: "the \(missing.label.english) was not searched; \"not found\" needs all three"))
    }
    return taken == SearchSource.householdOrder ? .meets : .fails(outOfOrder(after: taken))
  }

  /// Whether the household place may take a step now: the sources before it were searched.
  public static func check(next step: SearchSource, after steps: [SearchStep]) -> RuleVerdict {
    guard let place = SearchSource.householdOrder.firstIndex(of: step) else { return .meets }
    let taken = firstSteps(of: steps)
    let before = SearchSource.householdOrder.prefix(place)
    return before.allSatisfy(taken.contains) ? .meets : .fails(outOfOrder(after: taken))
  }

  /// The next source in the order; nil when all three are searched or she was found.
  public static func next(after steps: [SearchStep]) -> SearchSource? {
    if steps.contains(where: \.found) { return nil }
    return SearchSource.householdOrder.first { source in !steps.contains { $0.source == source } }
  }

  /// The sources that the order names, in the order in which each was first searched: a later search of
  /// the same source changes nothing.
  private static func firstSteps(of steps: [SearchStep]) -> [SearchSource] {
    var taken: [SearchSource] = []
    for step in steps
    where SearchSource.householdOrder.contains(step.source) && !taken.contains(step.source) {
      taken.append(step.source)
    }
    return taken
  }

  private static func outOfOrder(after taken: [SearchSource]) -> RuleFailure {
    RuleFailure(
      rule: "S6.4", field: "steps", reason: .outOfOrder,
      chinese: "查找须依次为：育龄妇女数据库、手工台账、公安户籍管理",
      english:
        "the order is: register of women of childbearing age, paper ledger, household register"
    )
  }
}
