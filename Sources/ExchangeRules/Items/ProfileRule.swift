/// G7: an item is entered under rules that are in force on the day, in a category that they know.
public enum ProfileRule {
  /// Whether a profile takes an item of a category submitted on a day.
  public static func check(
    _ profile: RuleProfile, category: Category, submitted: CivilDate
  ) -> RuleVerdict {
    if !profile.isInForce(on: submitted) {
      return .fails(
        RuleFailure(
          rule: "G7", field: "profile", reason: .notInForce,
          chinese: "规则“\(profile.name)”在\(submitted)不适用",
          english: "the rules \(profile.name) are not in force on \(submitted)"))
    }
    if profile.switchedOff.contains(category) {
      return .fails(
        RuleFailure(
          rule: "G7", field: "category", reason: .switchedOff,
          chinese: "“\(category.label.chinese)”已停用，不再受理",
          english: "the category \(category.word) is switched off in \(profile.name)"))
    }
    return .meets
  }
}
