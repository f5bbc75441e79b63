/// The life of an item: what may happen to it as it stands, and who may bring it about.
///
/// Asked here and nowhere else, for what an operator does as for what a neighbour tells: what a node
/// takes from its own operator the next node takes.
public enum ItemLife {
  /// Whether an event has its place, by an author who has seen the item as it stands.
  ///
  /// - Parameters:
  ///   - event: What is to happen.
  ///   - standing: How the item stands.
  ///   - parties: Between whom it is exchanged.
  /// - Returns: Why it has none; nil where it has.
  public static func check(
    _ event: HistoryEvent, as standing: ItemStanding, between parties: ItemParties
  ) -> RuleFailure? {
    guard mayAct(event.kind, division: event.division, as: standing, between: parties) else {
      return notTheActors(event.kind, event.division, parties)
    }
    if event.kind == .entered { return nil }
    return check(event.kind, in: standing.state, feedbackRequired: parties.feedbackRequired)
      .failure
  }

  /// Whether an event may be taken back: by the office that brought it about, while nothing rests on
  /// it yet.
  ///
  /// An item that was sent is the county's to withdraw (S2.1).
  ///
  /// - Parameters:
  ///   - target: What is to be taken back; nil: nothing of what its author had seen that has effect.
  ///   - division: The division of whoever takes it back.
  ///   - standing: How the item stands.
  ///   - parties: Between whom it is exchanged.
  /// - Returns: Why it may not; nil where it may.
  static func checkTakingBack(
    of target: HistoryEvent?, by division: String, as standing: ItemStanding,
    between parties: ItemParties
  ) -> RuleFailure? {
    guard let target else {
      return RuleFailure(
        rule: "S2.2", field: "event", reason: .nothingToTakeBack, chinese: "没有可撤回的这一步，或已撤回",
        english: "there is no such step with effect; it may have been taken back already")
    }
    let (kind, state) = (target.kind, standing.state)
    guard !kind.rule.takenBackIn.isEmpty else {
      return RuleFailure(
        rule: kind.rule.requirement, field: "event", reason: .cannotBeTakenBack,
        chinese: "“\(kind.label.chinese)”不能撤回", english: "\(kind.word) cannot be taken back")
    }
    let isOfAskingCounty = kind == .entered && division == parties.from
    let isOfDoer = division == target.division && (kind != .entered || state == .entered)
    guard isOfDoer || isOfAskingCounty else {
      return RuleFailure(
        rule: "S2.1", field: "event.actor.division", reason: .wrongDivision,
        chinese: kind == .entered
          ? "已提交的信息由提交方的县（市、区）撤回" : "由\(target.division)办理的，只能由其撤回",
        english: kind == .entered
          ? "what was sent is the asking county's to withdraw"
          : "\(target.division) did this, and takes it back itself")
    }
    guard kind.rule.takenBackIn.contains(state) else {
      return RuleFailure(
        rule: kind.rule.requirement, field: "item.state", reason: .wrongState,
        chinese: "当前状态为“\(state.label.chinese)”，不能撤回“\(kind.label.chinese)”",
        english: "the item is \(state.word); \(kind.word) cannot be taken back any more")
    }
    return nil
  }

  /// Whether an event of an item is an actor's of this division to bring about: each side acts for
  /// itself, and for nobody else.
  public static func mayAct(
    _ kind: EventKind, division text: String, as standing: ItemStanding,
    between parties: ItemParties
  ) -> Bool {
    guard let division = DivisionCode(text) else { return false }
    func isWithin(_ outer: String) -> Bool {
      DivisionCode(outer)?.contains(division) ?? false
    }
    switch kind.rule.side {
    case .author: return isWithin(parties.from)
    case .asking: return text == parties.from
    case .relay: return division.level == .province
    case .doer: return isWithin(parties.from) || isWithin(parties.to)
    case .asked: return text == parties.to
    case .party: return text == parties.from || text == parties.to
    case .answering:
      guard isWithin(parties.to) else { return false }
      if text == parties.to { return true }
      // Given to a village, the item is still its township's to answer for (S2.2).
      return isWithin(standing.assignedTo)
        || DivisionCode(standing.assignedTo).map(division.contains) == true
    }
  }

  /// Whether several events of a kind can count that did not know of each other; of those that take
  /// something back, one for each event that is taken back.
  public static func isRepeatable(_ kind: EventKind) -> Bool {
    switch kind {
    case .relayed, .assigned, .searched, .rightAsked: true
    case .entered, .submitted, .delivered, .received, .answered, .closed, .refused,
      .takenBack, .rightDecided:
      false
    }
  }

  private static func notTheActors(
    _ kind: EventKind, _ actor: String, _ parties: ItemParties
  ) -> RuleFailure {
    let county =
      switch kind.rule.side {
      case .asking: parties.from
      case .asked: parties.to
      case .author, .relay, .answering, .doer: ""
      case .party: [parties.from, parties.to].first { isAbove($0, actor) } ?? ""
      }
    let isBelow = isAbove(county, actor)
    return RuleFailure(
      rule: kind.rule.requirement, field: "event.actor.division", reason: .wrongDivision,
      chinese: isBelow ? "\(kind.label.chinese)由县（市、区）办理" : "这一步由另一方办理",
      english: isBelow
        ? "\(kind.word) is the county's own step" : "this step is the other side's")
  }

  private static func isAbove(_ county: String, _ actor: String) -> Bool {
    guard let county = DivisionCode(county), let actor = DivisionCode(actor) else { return false }
    return county.contains(actor)
  }

  /// Whether an event of a kind has a place in the life of an item.
  ///
  /// - Parameters:
  ///   - kind: What is to happen.
  ///   - state: How far the item has come.
  ///   - feedbackRequired: Whether the item must be answered (S4).
  /// - Returns: The verdict; a failure names the state by its label in each language.
  public static func check(
    _ kind: EventKind, in state: ItemState, feedbackRequired: Bool
  ) -> RuleVerdict {
    guard kind.rule.states.contains(state) else { return .fails(wrongState(kind, state)) }
    switch kind {
    case .answered where !feedbackRequired:
      return .fails(
        RuleFailure(
          rule: "S4.2", field: "item.kind", reason: .noFeedbackRequired,
          chinese: "该信息只需接收，无需反馈", english: "this notice must only be received"))
    case .closed where feedbackRequired && state != .answered:
      return .fails(
        RuleFailure(
          rule: "S4.1", field: "item.state", reason: .notAnswered,
          chinese: "对方尚未反馈，不能办结", english: "the other side has not answered yet"))
    default: return .meets
    }
  }

  private static func wrongState(_ kind: EventKind, _ state: ItemState) -> RuleFailure {
    let needed = kind.rule.states.sorted()
    let chinese = needed.map { "“\($0.label.chinese)”" }.joined(separator: "、")
    return RuleFailure(
      rule: kind.rule.requirement, field: "item.state", reason: .wrongState,
      chinese: "当前状态为“\(state.label.chinese)”，不能\(kind.label.chinese)；须为\(chinese)",
      english: "the item is \(state.word); \(kind.word) needs "
        + needed.map(\.word).joined(separator: ", "))
  }

  /// Whether an item may be given to a place: the county splits by township, the township by
  /// village (S10.2), and nobody gives away what is not its own.
  ///
  /// - `target`: The code of the place, as it was written.
  /// - `actor`: The division of whoever gives it.
  /// - `register`: The divisions that exist or existed; of a village only its township is known.
  public static func checkAssignment(
    to target: String, by actor: String, register: DivisionRegister
  ) -> RuleVerdict {
    guard let target = DivisionCode(target), target.level >= .township,
      DivisionCode(actor)?.contains(target) == true
    else {
      return .fails(
        RuleFailure(
          rule: "S10.2", field: "to", reason: .wrongDivision,
          chinese: "只能分给本地的乡镇（街道）或村（社区）",
          english: "an item is given to a township or village of one's own"))
    }
    guard register.everExisted(target) else {
      return .fails(
        RuleFailure(
          rule: "S10.2", field: "to", reason: .unknownDivision,
          chinese: "没有代码为\(target)的乡镇（街道）", english: "there is no township of the code \(target)"))
    }
    return .meets
  }
}
