/// What somebody who has seen some events of an item knows of it: what was taken back has no effect.
struct ItemSight {
  /// The events that have effect, in order.
  let events: [HistoryEvent]
  /// How the item stands by them.
  let standing: ItemStanding
  /// The places of those that were taken back, or rest on what was.
  let takenBack: EventSet

  /// - Parameters:
  ///   - seen: The places of events that their authors might bring about.
  ///   - order: All events.
  ///   - parties: Between whom the item is exchanged.
  init(of seen: EventSet, in order: CausalOrder, _ parties: ItemParties) {
    let places = seen.places
    let targets = places.compactMap { place in
      order.events[place].takesBack.flatMap { order.places[$0] }
    }
    var (gone, isWithdrawn) = (EventSet(), false)
    for target in targets where seen.contains(target) {
      // The entry is what the item is: taken back, it stays as that of an item that is withdrawn.
      if order.events[target].kind == .entered {
        isWithdrawn = true
      } else {
        gone.insert(target)
      }
    }
    if !targets.isEmpty, parties.feedbackRequired {
      // A closing has taken note of an answer: without any it has none to take note of.
      let answers = places.filter { order.events[$0].kind == .answered && !gone.contains($0) }
      for place in places where order.events[place].kind == .closed {
        if !answers.contains(where: order.past[place].contains) { gone.insert(place) }
      }
    }
    let events = places.filter { !gone.contains($0) }.map { order.events[$0] }
    var standing = ItemStanding(state: .entered, assignedTo: "")
    for event in events { standing.take(event) }
    if isWithdrawn { standing.state = .withdrawn }
    self.events = events
    self.standing = standing
    takenBack = gone
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
}
