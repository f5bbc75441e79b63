import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger

/// Looks at all ledgers when the network is at rest, and says what is wrong.
///
/// It knows the rules by itself, in its own simple form, and asks the product's code for nothing but
/// the events and rows that a ledger holds.
struct Judge {
  let network: Network
  let notebook: Notebook

  /// What a node holds of an item.
  private struct Held {
    let events: [StoredEvent]
    let state: ItemState
    let assignedTo: String

    var identities: Set<LedgerID> { Set(events.map(\.id)) }
  }

  /// What can happen to an item once at most, by whichever office.
  private static let onceOnly: [EventKind] = [
    .entered, .submitted, .relayed, .delivered, .received,
  ]

  /// Judges all items, or those from a place in the notebook on.
  func judge(from place: Int) async throws -> Verdict {
    var verdict = Verdict()
    verdict.violations += notebook.refusals
    for id in notebook.order[place...] {
      guard let made = notebook.cases[id] else { continue }
      try await judge(made, &verdict)
    }
    for office in network.offices { try await judge(office, &verdict) }
    return verdict
  }

  // MARK: An item

  private func judge(_ made: Notebook.Case, _ verdict: inout Verdict) async throws {
    var holders: [(division: String, held: Held)] = []
    for office in network.offices {
      guard let held = try await held(made.id, at: office) else { continue }
      holders.append((office.division, held))
    }
    for act in made.acknowledged.keys where !isKept(act, holders) {
      verdict.lost.append("\(act.kind.word) of \(made.id), acknowledged by \(act.division)")
    }
    // Of the offices that have all of it, the county that is asked, as soon as it has it.
    let main =
      holders.first { $0.division == made.to } ?? holders.first { $0.division == made.from }
    guard let fullest = main?.held ?? holders.first?.held else { return }
    if fullest.events.contains(where: { $0.kind == .submitted }) {
      notebook.submitted.insert(made.id)
    }
    let due = offices(of: made, fullest)
    let former = formerOffices(fullest)
    for division in due where !holders.contains(where: { $0.division == division }) {
      verdict.lost.append("\(made.id) is not at \(division), of \(due)")
    }
    for (division, held) in holders {
      if !due.contains(division), former.contains(division) {
        // What was taken from it again it has up to then.
        let strange = held.identities.subtracting(fullest.identities)
        if !strange.isEmpty {
          verdict.lost.append("\(division) alone has \(strange.count) events of \(made.id)")
        }
        continue
      }
      if !due.contains(division) {
        verdict.violations.append("\(division) holds \(made.id), which is not its own")
      }
      if held.state != fullest.state {
        verdict.violations.append(
          "\(made.id) is \(held.state.word) at \(division), and \(fullest.state.word) elsewhere")
      }
      if held.identities != fullest.identities {
        let missing = fullest.events.filter { !held.identities.contains($0.id) }.map(\.kind.word)
        let more = held.events.filter { !fullest.identities.contains($0.id) }.map(\.kind.word)
        verdict.lost.append("\(division) has another history of \(made.id): -\(missing) +\(more)")
      }
      judge(held, of: made, at: division, &verdict)
    }
    if fullest.events.contains(where: { $0.kind == .answered }),
      holders.first(where: { $0.division == made.from })?.held.state.isAnswered == true
    {
      notebook.exchanges.insert(made.id)
    }
  }

  private func isKept(_ act: Notebook.Act, _ holders: [(division: String, held: Held)]) -> Bool {
    guard let held = holders.first(where: { $0.division == act.division })?.held else {
      return false
    }
    return held.events.contains { $0.kind == act.kind && $0.actor.division == act.division }
  }

  /// The offices that an item's history is due at: where it was entered and that county; once it was
  /// sent, the province and the county that is asked; once it was given to a township, that one.
  private func offices(of made: Notebook.Case, _ held: Held) -> Set<String> {
    let kinds = Set(held.events.map(\.kind))
    var due: Set = [made.enteredAt, made.from]
    if kinds.contains(.submitted), let province = network[made.from]?.above {
      due.formUnion([province, made.to])
    }
    if held.assignedTo.count >= 9 {
      let township = String(held.assignedTo.prefix(9))
      if network[township] != nil { due.insert(township) }
    }
    return due
  }

  /// The townships that the item was given to, at whatever time.
  private func formerOffices(_ held: Held) -> Set<String> {
    let given = held.events.filter { $0.kind == .assigned }.compactMap { event in
      guard case .assigned(let place)? = try? ItemEvent(decoding: event.bytes).detail else {
        return String?.none
      }
      return String(place.prefix(9))
    }
    return Set(given)
  }

  private func judge(
    _ held: Held, of made: Notebook.Case, at division: String, _ verdict: inout Verdict
  ) {
    for kind in Judge.onceOnly where held.events.count(where: { $0.kind == kind }) > 1 {
      verdict.twice.append("\(kind.word) of \(made.id) at \(division)")
    }
    let answers = Dictionary(grouping: held.events.filter { $0.kind == .answered }) {
      $0.actor.division
    }
    // An answer that is taken back opens what was closed by it, to be closed again.
    let undone = held.events.count { $0.kind == .takenBack }
    if held.events.count(where: { $0.kind == .closed }) > 1 + undone {
      verdict.twice.append("closed of \(made.id) at \(division)")
    }
    let takenBack = Dictionary(grouping: held.events.filter { $0.kind == .takenBack }) {
      $0.actor.division
    }
    for (answering, several) in answers
    where several.count > 1 + (takenBack[answering]?.count ?? 0) {
      verdict.twice.append("\(answering) has answered \(made.id) \(several.count) times")
    }
    if let broken = disorder(held) {
      verdict.violations.append("\(made.id) at \(division): \(broken)")
    }
    // What is taken back undoes steps by rules that the judge has no short form of: then it is
    // content that all offices see the same.
    let expected = takenBack.isEmpty ? state(held) : held.state
    if held.state != expected {
      verdict.violations.append(
        "\(made.id) at \(division) is \(held.state.word), and its events make it \(expected.word)")
    }
  }

  /// What must have happened before, of every kind.
  private static let needs: [(EventKind, EventKind)] = [
    (.submitted, .entered), (.relayed, .submitted), (.delivered, .relayed),
    (.received, .delivered), (.assigned, .received), (.searched, .received),
    (.answered, .searched), (.closed, .received),
  ]

  private func disorder(_ held: Held) -> String? {
    let kinds = Set(held.events.map(\.kind))
    for (later, earlier) in Judge.needs where kinds.contains(later) && !kinds.contains(earlier) {
      return "\(later.word) without \(earlier.word)"
    }
    return nil
  }

  /// The state that a history without anything taken back leads to: that of its furthest step.
  private func state(_ held: Held) -> ItemState {
    let steps: [(EventKind, ItemState)] = [
      (.closed, .closed), (.answered, .answered), (.assigned, .assigned), (.received, .received),
      (.delivered, .delivered), (.relayed, .relayed), (.submitted, .submitted),
    ]
    let kinds = Set(held.events.map(\.kind))
    return steps.first { kinds.contains($0.0) }?.1 ?? .entered
  }

  private func held(_ id: LedgerID, at office: Office) async throws -> Held? {
    guard let ledger = office.running?.ledger else { return nil }
    return try await ledger.read { ledger in
      guard let item = try ledger.item(id) else { return nil }
      return Held(
        events: try ledger.events(of: id), state: item.state, assignedTo: item.assignedTo)
    }
  }

  // MARK: An office

  private func judge(_ office: Office, _ verdict: inout Verdict) async throws {
    guard let ledger = office.running?.ledger else {
      return verdict.violations.append("\(office.division) is not up")
    }
    let known = Set(notebook.order)
    let (quarantined, items, counts) = try await ledger.read { ledger in
      var items: [StoredItem] = []
      var cursor: ItemCursor?
      while true {
        let page = try ledger.items(ItemQuery(.all), after: cursor)
        guard let last = page.last else { break }
        items += page.map(\.item)
        cursor = last.cursor
      }
      return (try ledger.quarantined(limit: 3), items, try ledger.countsByState(.all))
    }
    for event in quarantined {
      verdict.violations.append(
        "\(office.division) has set aside an event of \(event.peer): \(event.reason) \(event.text)")
    }
    for item in items where !known.contains(item.id) {
      verdict.violations.append("\(office.division) holds \(item.id), which nobody has entered")
    }
    let counted = Dictionary(grouping: items, by: \.state).mapValues(\.count)
    if counted != counts {
      verdict.violations.append("\(office.division) counts \(counts), and has \(counted)")
    }
  }
}

extension ItemState {
  fileprivate var isAnswered: Bool { self == .answered || self == .closed }
}
