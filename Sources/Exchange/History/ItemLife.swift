internal import ExchangeRules
internal import Ledger
internal import Wire

/// The life of an item: which event may follow which state, and from which side it may come.
///
///     entered → submitted → relayed → delivered → received → assigned → answered → closed
///
/// A search changes no state; a refusal ends the life before delivery.
enum ItemLife {
  /// Who brings an event about.
  enum Side {
    /// The node where the item was entered, or its county.
    case author
    /// The county that asks or notifies.
    case asking
    /// A province between the two.
    case relay
    /// The county that answers.
    case asked
    /// That county, or the township or village it gave the item to.
    case answering
  }

  struct Step {
    let from: Set<StoredItem.State>
    let to: StoredItem.State?
    let side: Side
  }

  static func step(of kind: StoredEvent.Kind) -> Step {
    switch kind {
    case .entered: Step(from: [], to: .entered, side: .author)
    case .submitted: Step(from: [.entered], to: .submitted, side: .asking)
    case .relayed: Step(from: [.submitted, .relayed], to: .relayed, side: .relay)
    case .delivered: Step(from: [.relayed], to: .delivered, side: .asked)
    case .received: Step(from: [.delivered], to: .received, side: .asked)
    case .assigned: Step(from: [.received, .assigned], to: .assigned, side: .answering)
    case .searched: Step(from: [.received, .assigned], to: nil, side: .answering)
    case .answered: Step(from: [.received, .assigned], to: .answered, side: .answering)
    case .closed: Step(from: [.received, .assigned, .answered], to: .closed, side: .asking)
    case .refused: Step(from: [.submitted, .relayed], to: .refused, side: .relay)
    }
  }

  /// Refuses an event that has no place in the item's state.
  static func check(_ kind: StoredEvent.Kind, on item: StoredItem) throws(CallFailure) {
    let step = step(of: kind)
    guard step.from.contains(item.state) else {
      throw CallFailure(
        .failedPrecondition, "wrong-state", field: "item.state",
        "当前状态为“\(item.state)”，不能执行“\(kind)” / the item is \(item.state); \(kind) needs "
          + step.from.map { "\($0)" }.sorted().joined(separator: ", "))
    }
    switch kind {
    case .answered where !item.feedbackRequired:
      throw CallFailure(
        .failedPrecondition, "no-feedback-required", field: "item.kind",
        "该信息只需接收，无需反馈 (S4.2) / this notice must only be received (S4.2)")
    case .closed where item.feedbackRequired && item.state != .answered:
      throw CallFailure(
        .failedPrecondition, "not-answered", field: "item.state",
        "对方尚未反馈，不能办结 / the other side has not answered yet")
    default: return
    }
  }

  /// The county splits by township, the township by village (S10.2): nobody gives away what is not
  /// its own.
  static func checkAssignment(to target: String, by actor: String) throws(CallFailure) {
    guard let target = DivisionCode(target), target.level >= .township,
      DivisionCode(actor)?.contains(target) == true
    else {
      throw CallFailure(
        .invalidArgument, "wrong-division", field: "to",
        "只能分给本地的乡镇（街道）或村（社区） / an item is given to a township or village of one's own")
    }
  }

  /// Whether an actor of this division may bring the event about: a peer that tells of an event
  /// answers for its own side, and for nobody else's.
  static func mayAct(
    _ kind: StoredEvent.Kind, division text: String, on item: StoredItem
  ) -> Bool {
    guard let division = DivisionCode(text) else { return false }
    func isWithin(_ outer: String) -> Bool {
      DivisionCode(outer)?.contains(division) ?? false
    }
    switch step(of: kind).side {
    case .author: return isWithin(item.from)
    case .asking: return text == item.from
    case .relay: return division.level == .province
    case .asked: return text == item.to
    case .answering:
      guard isWithin(item.to) else { return false }
      if text == item.to { return true }
      // Given to a village, the item is still its township's to answer for (S2.2).
      return isWithin(item.assignedTo)
        || DivisionCode(item.assignedTo).map(division.contains) == true
    }
  }
}
