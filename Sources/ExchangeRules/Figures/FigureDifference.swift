/// What two stores say differently of an item that a figure counts.
public struct FigureDifference: Hashable, Sendable {
  /// What differs: `item` where only one of them has it, else the field.
  public let field: String
  /// What the first store says; empty: nothing.
  public let first: String
  /// What the second store says; empty: nothing.
  public let second: String
  /// Why that can be, and what to do.
  public let cause: BilingualText

  /// What differs between an item as the first store has it and as the second has it.
  ///
  /// - Parameters:
  ///   - first: As the first has it; nil: it has not.
  ///   - second: As the second has it; nil: it has not.
  /// - Returns: A line for each field; nothing where they say the same.
  public static func between(_ first: CountedItem?, _ second: CountedItem?) -> [FigureDifference] {
    guard let first, let second else {
      if first == nil, second == nil { return [] }
      return [
        FigureDifference(
          field: "item", first: first.map { "\($0.submitted)" } ?? "",
          second: second.map { "\($0.submitted)" } ?? "",
          cause: BilingualText(
            chinese: "只在一方：提交尚未送达另一方，或被另一方搁置",
            english: "one store alone has it: its submission is still on the way, or was set aside")
        )
      ]
    }
    var differences: [FigureDifference] = []
    func compare(_ field: String, _ one: String, _ other: String, _ cause: BilingualText) {
      guard one != other else { return }
      differences.append(
        FigureDifference(
          field: field, first: one, second: other,
          cause: one.isEmpty || other.isEmpty ? onTheWay : cause))
    }
    compare("submitted", "\(first.submitted)", "\(second.submitted)", computedAnew)
    compare("due", "\(first.due)", "\(second.due)", calendar)
    compare(
      "feedbackRequired", "\(first.feedbackRequired)", "\(second.feedbackRequired)", computedAnew)
    compare("received", text(first.received), text(second.received), otherStep)
    compare("answered", text(first.answered), text(second.answered), otherStep)
    compare("finding", first.finding?.word ?? "", second.finding?.word ?? "", otherStep)
    compare("substantiated", "\(first.substantiated)", "\(second.substantiated)", otherStep)
    compare("askingPlace", first.askingPlace, second.askingPlace, place)
    compare("askedPlace", first.askedPlace, second.askedPlace, place)
    return differences
  }

  private static func text(_ day: CivilDate?) -> String { day.map { "\($0)" } ?? "" }

  private static let onTheWay = BilingualText(
    chinese: "这一步尚未送达另一方，或被另一方搁置",
    english: "the step has not come to the other store, or was set aside there")
  private static let otherStep = BilingualText(
    chinese: "两方所依据的步骤不同：还有步骤在途",
    english: "the stores go by different steps: one is still on the way")
  private static let calendar = BilingualText(
    chinese: "两方的工作日历不同，或只有一方已重新计算",
    english: "the stores go by different calendars, or only one has computed anew")
  private static let computedAnew = BilingualText(
    chinese: "两方所用规则不同：检查节点版本",
    english: "the stores go by different rules: compare the nodes' versions")
  private static let place = BilingualText(
    chinese: "分解尚未送达另一方，或一方的信息在升级前录入",
    english: "the assignment has not come to the other store, or one has kept the item from before")
}
