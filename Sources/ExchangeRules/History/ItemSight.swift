/// What somebody who has seen some events of an item knows of it: what was taken back has no effect.
struct ItemSight {
  /// Why an event that its author might bring about has no effect.
  enum Loss {
    /// It was taken back, or rests on what was.
    case takenBack
    /// It takes something back that another event, of which it did not know, holds in place.
    case overruled(by: HistoryEvent)
    /// The item was withdrawn, and neither knew of the other.
    case withdrawn
    /// It refuses what was handed over, and neither knew of the other.
    case delivered(HistoryEvent)
  }

  /// The events that have effect, in order.
  let events: [HistoryEvent]
  /// How the item stands by them.
  let standing: ItemStanding
  /// The places of those that have none, and why.
  let losses: [Int: Loss]

  /// - Parameters:
  ///   - seen: The places of events that their authors might bring about.
  ///   - order: All events.
  ///   - parties: Between whom the item is exchanged.
  init(of seen: EventSet, in order: CausalOrder, _ parties: ItemParties) {
    let places = seen.places
    var losses: [Int: Loss] = [:]
    var withdrawals: [Int] = []
    var hasTargets = false
    for place in places {
      guard let target = order.events[place].takesBack.flatMap({ order.places[$0] }),
        seen.contains(target)
      else { continue }
      if let rival = ItemSight.rival(of: place, among: places, in: order, parties) {
        losses[place] = .overruled(by: order.events[rival])
      } else if order.events[target].kind == .entered {
        // The entry is what the item is: taken back, it stays as that of an item that is withdrawn.
        withdrawals.append(place)
      } else {
        losses[target] = .takenBack
        hasTargets = true
      }
    }
    if hasTargets, parties.feedbackRequired {
      // A closing has taken note of an answer: without any it has none to take note of.
      let answers = places.filter { order.events[$0].kind == .answered && losses[$0] == nil }
      for place in places where order.events[place].kind == .closed {
        if !answers.contains(where: order.past[place].contains) { losses[place] = .takenBack }
      }
    }
    if !withdrawals.isEmpty {
      // What a person asks for goes on.
      for place in places
      where losses[place] == nil && order.events[place].kind != .entered
        && !order.events[place].kind.isOfRight
      {
        if !withdrawals.contains(where: { $0 == place || order.past[$0].contains(place) }) {
          losses[place] = .withdrawn
        }
      }
    }
    // A province that has not heard of it takes nothing back from the county that has it (S2.3).
    for place in places where losses[place] == nil && order.events[place].kind == .refused {
      let arrival = places.first {
        order.events[$0].kind == .delivered && losses[$0] == nil && !order.past[place].contains($0)
      }
      if let arrival { losses[place] = .delivered(order.events[arrival]) }
    }
    let events = places.filter { losses[$0] == nil }.map { order.events[$0] }
    var standing = ItemStanding(state: .entered, assignedTo: "")
    for event in events { standing.take(event) }
    if !withdrawals.isEmpty { standing.state = .withdrawn }
    self.events = events
    self.standing = standing
    self.losses = losses
  }

  /// What holds in place what an event would take back, neither knowing of the other.
  ///
  /// S2.1: what the asking county has sent is its to withdraw, and not its township's. And what an
  /// office did proves what it knew: it takes nothing back as if it had not done it.
  private static func rival(
    of place: Int, among places: [Int], in order: CausalOrder, _ parties: ItemParties
  ) -> Int? {
    let taking = order.events[place]
    let isOfEntry =
      taking.takesBack.flatMap { order.places[$0] }.map { order.events[$0].kind } == .entered
    return places.first { other in
      let event = order.events[other]
      guard event.takesBack != taking.takesBack, !order.past[place].contains(other),
        !order.past[other].contains(place)
      else { return false }
      return event.division == taking.division
        || isOfEntry && event.kind == .submitted && taking.division != parties.from
    }
  }

  /// Whether an event may take back what it names; nil also for events of other kinds.
  func checkTakingBack(
    _ event: HistoryEvent, between parties: ItemParties
  ) -> RuleFailure? {
    guard event.kind == .takenBack else { return nil }
    let target = event.takesBack.flatMap { digest in events.first { $0.digest == digest } }
    return ItemLife.checkTakingBack(
      of: target, by: event.division, as: standing, between: parties)
  }

  /// Whether a step about a right of the person has its place; nil also for events of other kinds.
  func checkRight(_ event: HistoryEvent, between parties: ItemParties) -> RuleFailure? {
    guard event.kind.isOfRight else { return nil }
    return AskedRights(of: events, between: parties).check(event, in: standing.state)
  }
}
