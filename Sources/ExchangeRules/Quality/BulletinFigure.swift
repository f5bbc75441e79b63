/// S11.1: the figures of a bulletin, in the source's order, each with its words and its place.
public enum BulletinFigure: String, CaseIterable, Hashable, Sendable {
  case outMigrants
  case certificatesHeld
  case marriedWomen
  case none = "marriedByChildren.none"
  case one = "marriedByChildren.one"
  case two = "marriedByChildren.two"
  case more = "marriedByChildren.more"
  case clearedUp
  case certificatesMadeGood
  case feedbackGiven
  case checksReturned

  /// What an operator reads; the Chinese is also the heading of the column in a file.
  public var label: BilingualText {
    switch self {
    case .outMigrants: BilingualText(chinese: "外流人口", english: "out-migrants")
    case .certificatesHeld: BilingualText(chinese: "办理婚育证明", english: "certificates held")
    case .marriedWomen: BilingualText(chinese: "流出已婚妇女", english: "married women")
    case .none: BilingualText(chinese: "无孩", english: "no child")
    case .one: BilingualText(chinese: "一孩", english: "one child")
    case .two: BilingualText(chinese: "二孩", english: "two children")
    case .more: BilingualText(chinese: "多孩", english: "three or more")
    case .clearedUp: BilingualText(chinese: "清理出流动人口", english: "cleared up")
    case .certificatesMadeGood: BilingualText(chinese: "补办证", english: "certificates made good")
    case .feedbackGiven: BilingualText(chinese: "反馈流动人口信息", english: "feedback given")
    case .checksReturned: BilingualText(chinese: "寄回环孕检证明", english: "checks returned")
    }
  }
}

extension Bulletin {
  /// A bulletin of its figures.
  public init(_ figure: (BulletinFigure) -> Int) {
    self.init(
      outMigrants: figure(.outMigrants), certificatesHeld: figure(.certificatesHeld),
      marriedWomen: figure(.marriedWomen),
      marriedByChildren: ChildCounts(
        none: figure(.none), one: figure(.one), two: figure(.two), more: figure(.more)),
      clearedUp: figure(.clearedUp), certificatesMadeGood: figure(.certificatesMadeGood),
      feedbackGiven: figure(.feedbackGiven), checksReturned: figure(.checksReturned))
  }
}
