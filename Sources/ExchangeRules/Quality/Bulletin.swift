/// S11.1: a township's figures at a glance.
///
/// Parts that do not add up to their total are flagged.
public struct Bulletin: Hashable, Sendable {
  /// 外流人口.
  public var outMigrants: Int
  /// 办理婚育证明.
  public var certificatesHeld: Int
  /// 流出已婚妇女.
  public var marriedWomen: Int
  /// 无孩, 一孩, 二孩, 多孩.
  public var marriedByChildren: ChildCounts
  /// 清理出流动人口.
  public var clearedUp: Int
  /// 补办证: certificates made good in the campaign.
  public var certificatesMadeGood: Int
  /// 反馈流动人口信息.
  public var feedbackGiven: Int
  /// 寄回环孕检证明.
  public var checksReturned: Int

  /// Married women by number of children.
  public struct ChildCounts: Hashable, Sendable {
    /// 无孩.
    public var none: Int
    /// 一孩.
    public var one: Int
    /// 二孩.
    public var two: Int
    /// 多孩: three or more.
    public var more: Int

    /// Counts.
    public init(none: Int, one: Int, two: Int, more: Int) {
      self.none = none
      self.one = one
      self.two = two
      self.more = more
    }

    /// The sum; nil when it cannot be counted.
    var sum: Int? {
      var sum = 0
      for part in [none, one, two, more] {
        let (next, overflow) = sum.addingReportingOverflow(part)
        if overflow { return nil }
        sum = next
      }
      return sum
    }
  }

  /// Figures as reported.
  public init(
    outMigrants: Int, certificatesHeld: Int, marriedWomen: Int, marriedByChildren: ChildCounts,
    clearedUp: Int, certificatesMadeGood: Int, feedbackGiven: Int, checksReturned: Int
  ) {
    self.outMigrants = outMigrants
    self.certificatesHeld = certificatesHeld
    self.marriedWomen = marriedWomen
    self.marriedByChildren = marriedByChildren
    self.clearedUp = clearedUp
    self.certificatesMadeGood = certificatesMadeGood
    self.feedbackGiven = feedbackGiven
    self.checksReturned = checksReturned
  }

  /// What does not add up; the figures stay as they were reported.
  public var flags: [RuleFailure] {
    var flags: [RuleFailure] = []
    let figures = [
      ("outMigrants", outMigrants), ("certificatesHeld", certificatesHeld),
      ("marriedWomen", marriedWomen), ("clearedUp", clearedUp),
      ("marriedByChildren.none", marriedByChildren.none),
      ("marriedByChildren.one", marriedByChildren.one),
      ("marriedByChildren.two", marriedByChildren.two),
      ("marriedByChildren.more", marriedByChildren.more),
      ("certificatesMadeGood", certificatesMadeGood), ("feedbackGiven", feedbackGiven),
      ("checksReturned", checksReturned),
    ]
    for (field, figure) in figures where figure < 0 {
      flags.append(flag(field, .negative, "数字为负", "the figure is negative"))
    }
    if marriedByChildren.sum != marriedWomen {
      let sum = marriedByChildren.sum.map(String.init) ?? "?"
      flags.append(
        flag(
          "marriedWomen", .sumDiffers, "按孩次合计\(sum)人，与流出已婚妇女\(marriedWomen)人不符",
          "the parts add up to \(sum), not to \(marriedWomen)"))
    }
    let bounds = [
      ("certificatesHeld", certificatesHeld, outMigrants, "持证人数大于外流人口数"),
      ("marriedWomen", marriedWomen, outMigrants, "流出已婚妇女数大于外流人口数"),
      ("certificatesMadeGood", certificatesMadeGood, clearedUp, "补办证数大于清理人数"),
    ]
    for (field, part, whole, chinese) in bounds where part > whole {
      flags.append(flag(field, .aboveTotal, chinese, "the part is greater than the whole"))
    }
    return flags
  }

  private func flag(
    _ field: String, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(rule: "S11.1", field: field, reason: reason, chinese: chinese, english: english)
  }
}
