/// What can happen to an item, numbered as on the wire and on disk.
///
/// A new kind is a case here and a line in ``rule``; what it means stands where events are written.
public enum EventKind: Int, CaseIterable, Hashable, Sendable {
  /// Its author wrote the item.
  case entered = 1
  /// The author's county sent it.
  case submitted = 2
  /// The province passed it on.
  case relayed = 3
  /// It is on the disk of the county that is asked.
  case delivered = 4
  /// That county took it.
  case received = 5
  /// It was given to a township or village.
  case assigned = 6
  /// A source was searched.
  case searched = 7
  /// It was answered.
  case answered = 8
  /// Its author has taken note of the answer.
  case closed = 9
  /// A node on the way could not take it.
  case refused = 10
  /// An earlier event was wrong: the office that brought it about takes it back.
  case takenBack = 11
  /// A county has taken up that the person wants something put right or erased (PIPL 46, 47).
  case rightAsked = 12
  /// A county has decided on that.
  case rightDecided = 13

  /// The word that programs use.
  public var word: String { EventKind.words[rawValue - 1] }

  // A case's name is looked up in the type's metadata: once is enough.
  private static let words = allCases.map { "\($0)" }

  /// What an operator reads.
  public var label: BilingualText { BilingualText(chinese: rule.chinese, english: word) }

  /// Which states it may follow, to which it leads, and from which side it comes.
  public var rule: EventRule { EventKind.rules[rawValue - 1] }

  private static let rules = allCases.map(\.row)

  private var row: EventRule {
    switch self {
    case .entered:
      EventRule(
        "录入", "S2.2", by: .author, after: [], leadsTo: .entered,
        takenBackIn: [
          .entered, .submitted, .relayed, .delivered, .received, .assigned, .refused,
        ])
    case .submitted: EventRule("提交", "S2.1", by: .asking, after: [.entered], leadsTo: .submitted)
    case .relayed:
      EventRule("转发", "S2.3", by: .relay, after: [.submitted, .relayed], leadsTo: .relayed)
    case .delivered: EventRule("送达", "S2.3", by: .asked, after: [.relayed], leadsTo: .delivered)
    case .received: EventRule("接收", "S2.1", by: .asked, after: [.delivered], leadsTo: .received)
    case .assigned:
      EventRule(
        "分解", "S10.2", by: .answering, after: [.received, .assigned, .closed],
        leadsTo: .assigned, takenBackIn: [.assigned, .closed])
    case .searched:
      EventRule(
        "查找", "S6.4", by: .answering, after: [.received, .assigned], leadsTo: nil,
        takenBackIn: [.received, .assigned])
    case .answered:
      EventRule(
        "反馈", "S6.6", by: .answering, after: [.received, .assigned], leadsTo: .answered,
        takenBackIn: [.answered])
    case .closed:
      EventRule(
        "办结", "S4.2", by: .asking, after: [.received, .assigned, .answered], leadsTo: .closed,
        takenBackIn: [.closed])
    case .refused:
      EventRule("退回", "S2.3", by: .relay, after: [.submitted, .relayed], leadsTo: .refused)
    case .takenBack:
      EventRule(
        "撤回", "S2.2", by: .doer, after: Set(ItemState.allCases).subtracting([.withdrawn]),
        leadsTo: nil)
    case .rightAsked:
      EventRule(
        "受理个人请求", "PIPL 50", by: .party, after: EventKind.statesPassedOn, leadsTo: nil)
    case .rightDecided:
      EventRule(
        "决定个人请求", "PIPL 50", by: .party, after: EventKind.statesPassedOn, leadsTo: nil)
    }
  }

  /// Whether it is about a right of the person, and not about the item's life.
  public var isOfRight: Bool { self == .rightAsked || self == .rightDecided }

  /// The states of an item that a county may have passed on; before, its author takes it back.
  private static let statesPassedOn = Set(ItemState.allCases).subtracting([.entered, .submitted])
}
