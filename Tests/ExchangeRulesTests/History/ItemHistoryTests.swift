import ExchangeRules
import TestSupport
import Testing

@Suite("An item is the set of its events") struct ItemHistoryTests {
  static let parties = ItemParties(from: "440306", to: "441702", feedbackRequired: true)
  static let notice = ItemParties(from: "440306", to: "441702", feedbackRequired: false)
  static let (asking, asked, province) = ("440306", "441702", "440000")
  static let (township, sibling) = ("441702102", "441702105")

  /// Events of made-up digests, each following those named.
  struct Story {
    var events: [HistoryEvent] = []

    @discardableResult
    mutating func add(
      _ kind: EventKind, _ division: String, to place: String = "", of target: Int? = nil,
      right: RightStep? = nil, after: [Int]? = nil
    ) -> Int {
      let follows = after ?? (events.isEmpty ? [] : [events.count - 1])
      events.append(
        HistoryEvent(
          digest: Self.digest(events.count), follows: follows.map(Self.digest), kind: kind,
          division: division, assignedTo: place, takesBack: target.map(Self.digest), right: right))
      return events.count - 1
    }

    static func digest(_ place: Int) -> EventDigest {
      let bytes = (0..<EventDigest.byteCount).map {
        $0 == 0 ? UInt8(place / 256) : UInt8(place % 256)
      }
      guard let digest = EventDigest(bytes) else { preconditionFailure("32 bytes") }
      return digest
    }

    /// The way to the asked county.
    static var received: Story {
      var story = Story()
      story.add(.entered, "440306018")
      story.add(.submitted, asking)
      story.add(.relayed, province)
      story.add(.delivered, asked)
      story.add(.received, asked)
      return story
    }

    func history(_ parties: ItemParties = ItemHistoryTests.parties) throws -> ItemHistory {
      try ItemHistory(of: events, between: parties)
    }

    /// The reason for which each event has no effect; empty where it has.
    func reasons(_ parties: ItemParties = ItemHistoryTests.parties) throws -> [String] {
      let verdicts = try history(parties).verdicts
      return events.map { verdicts[$0.digest]?.failure?.reason ?? "" }
    }
  }

  @Test("A life in order: each step counts, and the last is the head")
  func life() throws {
    var story = Story.received
    story.add(.assigned, Self.asked, to: Self.township)
    story.add(.searched, Self.township)
    story.add(.answered, Self.township)
    story.add(.closed, Self.asking)
    let history = try story.history()
    #expect(try story.reasons().allSatisfy(\.isEmpty))
    #expect(history.standing == ItemStanding(state: .closed, assignedTo: Self.township))
    #expect(history.heads == [story.events[8].digest])
  }

  @Test("Two answers across a cut: the county's counts everywhere, the township's is kept")
  func twoAnswers() throws {
    var story = Story.received
    let given = story.add(.assigned, Self.asked, to: Self.township)
    let late = story.add(.answered, Self.township, after: [given])
    story.add(.answered, Self.asked, after: [given])
    #expect(try story.reasons()[late] == "doneBefore")
    #expect(try story.history().standing.state == .answered)
    #expect(try story.history().heads.count == 2)
  }

  @Test("What was handed over is not refused by a province that has not heard of it (S2.3)")
  func refusedTooLate() throws {
    var story = Story.received
    let late = story.add(.refused, Self.province, after: [2])
    #expect(try story.reasons()[late] == "doneBefore")
    #expect(try story.history().standing.state == .received)
    // Who has seen both goes on with what was handed over.
    story.add(.answered, Self.asked, after: [4, late])
    story.add(.closed, Self.asking)
    #expect(try story.history().standing.state == .closed)
    #expect(try story.reasons().count { !$0.isEmpty } == 1)
  }

  @Test("A refusal that the county's node would have known of holds (S2.3)")
  func refusedInTime() throws {
    var story = Story.received
    story.events.removeLast(2)
    let refused = story.add(.refused, Self.province)
    story.add(.delivered, Self.asked, after: [refused])
    #expect(try story.reasons() == ["", "", "", "", "wrongState"])
    #expect(try story.history().standing.state == .refused)
  }

  @Test("An item given to another while the first answered: the answer counts (S10.2)")
  func reassigned() throws {
    var story = Story.received
    let given = story.add(.assigned, Self.asked, to: Self.township)
    story.add(.assigned, Self.asked, to: Self.sibling, after: [given])
    story.add(.answered, Self.township, after: [given])
    #expect(try story.reasons().allSatisfy(\.isEmpty))
    let expected = ItemStanding(state: .answered, assignedTo: Self.sibling)
    #expect(try story.history().standing == expected)
  }

  @Test("A county that was put back does it again: one counts, and it is said why")
  func restored() throws {
    var story = Story.received
    story.add(.answered, Self.asked, after: [4])
    story.add(.closed, Self.asking, after: [5])
    let again = story.add(.answered, Self.asked, after: [4])
    #expect(try story.reasons()[again] == "doneTwice")
    #expect(try story.history().standing.state == .closed)
  }

  @Test("Nobody acts for another side", arguments: EventKind.allCases)
  func sides(kind: EventKind) throws {
    for division in [Self.asking, Self.asked, Self.province, Self.township, Self.sibling] {
      var story = Story.received
      story.add(.assigned, Self.asked, to: Self.township)
      let place = story.add(kind, division, to: Self.sibling)
      let reason = try story.reasons()[place]
      let isTheirs: Bool =
        switch kind.rule.side {
        case .author, .asking: division == Self.asking
        case .relay: division == Self.province
        case .asked: division == Self.asked
        case .answering: division == Self.asked || division == Self.township
        case .doer: division != Self.province
        case .party: division == Self.asking || division == Self.asked
        }
      #expect((reason != "wrongDivision") == isTheirs, "\(kind) by \(division)")
    }
  }

  @Test("What has no place as its author saw the item has no effect", arguments: EventKind.allCases)
  func places(kind: EventKind) throws {
    var story = Story()
    story.add(.entered, "440306018")
    guard kind != .entered, kind != .takenBack else { return }
    let division: String =
      switch kind.rule.side {
      case .author, .asking, .doer, .party: Self.asking
      case .relay: Self.province
      case .asked, .answering: Self.asked
      }
    let place = story.add(kind, division, to: Self.township)
    let expected = kind.rule.states.contains(.entered) ? "" : "wrongState"
    #expect(try story.reasons()[place] == expected)
  }

  @Test("S4.2, 38: a notice that its author has closed can still be split by village")
  func splitAfterClosing() throws {
    var story = Story.received
    story.add(.closed, Self.asking)
    story.add(.assigned, Self.asked, to: Self.township)
    #expect(try story.reasons(Self.notice).allSatisfy(\.isEmpty))
    let expected = ItemStanding(state: .closed, assignedTo: Self.township)
    #expect(try story.history(Self.notice).standing == expected)
  }

  @Test("An event waits for those that it follows, and counts when they come")
  func waiting() throws {
    var story = Story.received
    story.add(.answered, Self.asked)
    var lacking = story
    lacking.events.remove(at: 4)
    #expect(try lacking.reasons() == ["", "", "", "", "waitsForEarlier"])
    #expect(try lacking.history().standing.state == .delivered)
    #expect(try story.history().standing.state == .answered)
  }

  @Test("Events from before events named what they follow go in the order of an item's life")
  func unnamed() throws {
    var story = Story.received
    for place in story.events.indices { story.events[place].follows = [] }
    for (place, to) in [Self.township, Self.sibling].enumerated() {
      story.add(.assigned, Self.asked, to: to, after: [])
      story.events[5 + place].at = Int64(2 - place)
    }
    let named = story.add(.answered, Self.township, after: [5])
    #expect(try story.reasons()[named] == "")
    #expect(try story.history().standing.assignedTo == Self.township)
  }

  @Test("A law of the exchange is given what the author had seen, and can refuse")
  func law() throws {
    var story = Story.received
    story.add(.searched, Self.asked)
    story.add(.answered, Self.asked)
    let failure = RuleFailure(
      rule: "S6.4", field: "answer", reason: .outOfOrder, chinese: "未查", english: "not searched")
    for (places, expected) in [([0, 1, 2, 3, 4, 5, 6], ""), ([0, 1, 2, 3, 4], "outOfOrder")] {
      var some = Story.received
      if places.count > 5 { some.add(.searched, Self.asked) }
      some.add(.answered, Self.asked)
      let history = try ItemHistory(of: some.events, between: Self.parties) { event, seen in
        event.kind == .answered && !seen.contains { $0.kind == .searched } ? failure : nil
      }
      let last = try #require(some.events.last)
      #expect(history.verdicts[last.digest]?.failure?.reason ?? "" == expected)
    }
  }

  // MARK: The property

  /// A random history: acts by anybody, in or out of their turn, some not knowing of others.
  static func random(_ numbers: inout SeededNumbers) -> [HistoryEvent] {
    var story = Story()
    var kinds = EventKind.allCases
    if Bool.random(using: &numbers) {
      story = .received
      kinds = [.assigned, .searched, .answered, .closed, .takenBack, .takenBack]
    } else {
      story.add(.entered, "440306018")
    }
    let divisions = [asking, asked, province, township, sibling, "440306018"]
    for _ in 0..<Int.random(in: 1...14, using: &numbers) {
      let kind = kinds.randomElement(using: &numbers) ?? .closed
      let target = story.events.indices.randomElement(using: &numbers)
      let right: String =
        switch kind.rule.side {
        case .author, .asking: asking
        case .relay: province
        case .asked: asked
        case .answering: [asked, township].randomElement(using: &numbers) ?? asked
        case .doer: target.map { story.events[$0].division } ?? asked
        case .party: [asking, asked].randomElement(using: &numbers) ?? asked
        }
      let division =
        Int.random(in: 0..<5, using: &numbers) == 0
        ? divisions.randomElement(using: &numbers) ?? asking : right
      let seen = Int.random(in: 0..<4, using: &numbers) == 0
      let count = story.events.count
      let after =
        seen ? [Int.random(in: 0..<count, using: &numbers)] : [count - 1]
      story.add(
        kind, division,
        to: kind == .assigned ? (Bool.random(using: &numbers) ? township : sibling) : "",
        of: kind == .takenBack ? target : nil, after: after)
    }
    return story.events
  }

  @Test("Every order, repetition and split of a history folds to the same item", arguments: 0..<400)
  func orders(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let events = Self.random(&numbers)
    let whole = try ItemHistory(of: events, between: Self.parties)
    for _ in 0..<6 {
      var other = events.shuffled(using: &numbers)
      other += other.prefix(Int.random(in: 0...other.count, using: &numbers))
      other.shuffle(using: &numbers)
      let again = try ItemHistory(of: other, between: Self.parties)
      #expect(again.verdicts == whole.verdicts)
      #expect(again.standing == whole.standing)
      #expect(again.heads == whole.heads)
      #expect(again.events == whole.events)
    }
  }

  @Test("An event that follows all others is judged by how the item stands", arguments: 0..<400)
  func next(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let events = Self.random(&numbers)
    let before = try ItemHistory(of: events, between: Self.parties)
    // What takes back another, and what decides on it, is judged by the history alone.
    for kind in EventKind.allCases where kind != .takenBack && kind != .rightDecided {
      let event = HistoryEvent(
        digest: Story.digest(999), follows: before.heads, kind: kind,
        division: kind.rule.side == .asking ? Self.asking : Self.asked,
        assignedTo: kind == .assigned ? Self.sibling : "")
      let after = try ItemHistory(of: events + [event], between: Self.parties)
      guard before.isComplete else { continue }
      let alone = ItemLife.check(event, as: before.standing, between: Self.parties)
      let expected: EventVerdict = alone.map { .hasNoEffect($0) } ?? .counts
      #expect(after.verdicts[event.digest] == expected || kind == .entered)
      #expect(after.heads == [event.digest])
      var standing = before.standing
      if alone == nil { standing.take(event) }
      #expect(after.standing == standing)
    }
  }
}
