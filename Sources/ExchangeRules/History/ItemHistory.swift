/// An item as the set of its events: the same events give the same item, in whatever order and
/// however often they come.
///
/// An event names those that its author had seen last, so that what its author knew is known. Whether
/// its author might do it is judged by that alone; of two events that did not know of each other and
/// of which one can count, the same one counts everywhere. What was taken back has no effect, whatever
/// others did that did not know of it yet; but what was sent is the asking county's to withdraw, and
/// nobody takes anything back without what it has done itself; and what was handed over is not refused
/// any more. No clock has a say.
public struct ItemHistory: Sendable {
  /// The events, each behind those that it follows.
  public let events: [HistoryEvent]
  /// Whether each event has taken effect.
  public let verdicts: [EventDigest: EventVerdict]
  /// How the item stands.
  public let standing: ItemStanding
  /// The events that no other follows: what the next one follows.
  ///
  /// In order.
  public let heads: [EventDigest]
  /// Nothing that an event follows is missing.
  ///
  /// Then an event that follows the heads is judged by the standing alone.
  public let isComplete: Bool

  /// A rule of the exchange that an event must meet beside its place in the item's life.
  ///
  /// It is given the event and those that its author had seen, in order.
  public typealias Law = (HistoryEvent, [HistoryEvent]) throws -> RuleFailure?

  /// Folds a history.
  ///
  /// - Parameters:
  ///   - events: What is known of the item, in any order; of equal ones the first counts.
  ///   - parties: Between whom the item is exchanged.
  ///   - law: What else is asked of each event.
  /// - Throws: What the law throws.
  public init(
    of events: [HistoryEvent], between parties: ItemParties, law: Law = { _, _ in nil }
  ) throws {
    let order = CausalOrder(of: events)
    var verdicts: [EventDigest: EventVerdict] = [:]
    var permitted = EventSet()
    for place in order.events.indices {
      let event = order.events[place]
      let seen = ItemSight(of: order.past[place].intersection(permitted), in: order, parties)
      let failure =
        try order.isComplete(at: place)
        ? ItemLife.check(event, as: seen.standing, between: parties)
          ?? seen.checkTakingBack(event, between: parties)
          ?? seen.checkRight(event, between: parties) ?? law(event, seen.events)
        : ItemHistory.waiting(event.kind)
      if let failure {
        verdicts[event.digest] = .hasNoEffect(failure)
      } else {
        permitted.insert(place)
      }
    }
    let whole = ItemSight(of: permitted, in: order, parties)
    var counting: [Deed: HistoryEvent] = [:]
    for place in permitted.places {
      let event = order.events[place]
      if let loss = whole.losses[place] {
        verdicts[event.digest] = .hasNoEffect(ItemHistory.failure(of: event, loss))
        continue
      }
      let deed = Deed(event)
      if let rival = counting[deed], !ItemLife.isRepeatable(event.kind) {
        verdicts[event.digest] = .hasNoEffect(ItemHistory.doneBefore(event, by: rival))
        continue
      }
      verdicts[event.digest] = .counts
      counting[deed] = event
    }
    standing = whole.standing
    self.events = order.events
    self.verdicts = verdicts
    heads = order.heads
    isComplete = order.events.indices.allSatisfy(order.isComplete)
  }

  /// What two events have both done that are rivals.
  private struct Deed: Hashable {
    var kind: EventKind
    var takesBack: EventDigest?
    var decides: EventDigest?
    var division = ""

    init(_ event: HistoryEvent) {
      kind = event.kind
      takesBack = event.takesBack
      guard case .decides(let asked, _, _)? = event.right else { return }
      decides = asked
      division = event.division
    }
  }

  /// What was asked for about the item that has effect.
  public func rights(between parties: ItemParties) -> AskedRights {
    AskedRights(of: events.filter { verdicts[$0.digest] == .counts }, between: parties)
  }

  private static func failure(of event: HistoryEvent, _ loss: ItemSight.Loss) -> RuleFailure {
    let rule = event.kind.rule.requirement
    switch loss {
    case .takenBack:
      return RuleFailure(
        rule: rule, field: "event.kind", reason: .takenBack, chinese: "已撤回，或所依据的一步已撤回",
        english: "taken back, or what it rests on was")
    case .withdrawn:
      return RuleFailure(
        rule: rule, field: "event.kind", reason: .withdrawn, chinese: "提交方同时撤回了该信息，此步不再生效",
        english: "the item was withdrawn meanwhile; this has no effect any more")
    case .delivered(let other):
      return RuleFailure(
        rule: rule, field: "event.kind", reason: .doneBefore,
        chinese: "\(other.division)已收到该信息（送达），退回不生效",
        english: "the item has reached \(other.division) (delivered); refusing it has no effect")
    case .overruled(let other):
      return event.division == other.division
        ? RuleFailure(
          rule: rule, field: "event.follows", reason: .doneTwice,
          chinese: "本单位在恢复备份前后另有“\(other.kind.label.chinese)”，撤回时未见到，撤回不生效",
          english: "\(event.division) has also done \(other.kind.word), before or after it was put "
            + "back from a backup; what did not know of that takes nothing back")
        : RuleFailure(
          rule: "S2.1", field: "event.kind", reason: .doneBefore,
          chinese: "\(other.division)已“\(other.kind.label.chinese)”，以其为准；已提交的信息由其撤回",
          english:
            "\(other.division) has done \(other.kind.word), and that counts; what was sent is "
            + "the asking county's to withdraw")
    }
  }

  private static func waiting(_ kind: EventKind) -> RuleFailure {
    RuleFailure(
      rule: kind.rule.requirement, field: "event.follows", reason: .waitsForEarlier,
      chinese: "它所依据的前一步尚未到达，到达后自动生效",
      english: "what it follows has not come; it takes effect by itself when that does")
  }

  private static func doneBefore(_ event: HistoryEvent, by other: HistoryEvent) -> RuleFailure {
    let kind = event.kind
    guard event.division == other.division else {
      return RuleFailure(
        rule: kind.rule.requirement, field: "event.kind", reason: .doneBefore,
        chinese: "\(other.division)已先行“\(kind.label.chinese)”，以其为准",
        english: "\(other.division) has done this already (\(kind.word)), and that counts")
    }
    return RuleFailure(
      rule: kind.rule.requirement, field: "event.kind", reason: .doneTwice,
      chinese: "本单位在恢复备份前后各“\(kind.label.chinese)”了一次，只有一次有效",
      english: "\(event.division) has done this (\(kind.word)) twice, before and after it was put "
        + "back from a backup; one counts")
  }
}
