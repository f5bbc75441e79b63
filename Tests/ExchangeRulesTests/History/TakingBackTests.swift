import ExchangeRules
import Testing

@Suite("What was wrong is taken back by the office that did it")
struct TakingBackTests {
  typealias Story = ItemHistoryTests.Story

  private static let author = "440306018"
  private static let asking = ItemHistoryTests.asking
  private static let asked = ItemHistoryTests.asked
  private static let (township, sibling) = (ItemHistoryTests.township, ItemHistoryTests.sibling)

  /// Answered by a township; the places: 5 assigned, 6 searched, 7 answered.
  private static var answered: Story {
    var story = Story.received
    story.add(.assigned, asked, to: township)
    story.add(.searched, township)
    story.add(.answered, township)
    return story
  }

  @Test("An answer: the item is open again, and is answered anew")
  func answer() throws {
    var story = Self.answered
    story.add(.takenBack, Self.township, of: 7)
    #expect(try story.reasons()[7] == "takenBack")
    #expect(try story.history().standing.state == .assigned)
    let again = story.add(.answered, Self.asked)
    story.add(.closed, Self.asking)
    #expect(try story.reasons()[again] == "")
    #expect(try story.history().standing.state == .closed)
  }

  @Test("An answer that was closed meanwhile: the closing falls with it, in whatever order")
  func closedMeanwhile() throws {
    var story = Self.answered
    story.add(.closed, Self.asking, after: [7])
    let back = story.add(.takenBack, Self.township, of: 7, after: [7])
    #expect(try story.reasons()[7...] == ["takenBack", "takenBack", ""])
    #expect(try story.history().standing.state == .assigned)
    story.add(.answered, Self.township, after: [8, back])
    story.add(.closed, Self.asking)
    #expect(try story.history().standing.state == .closed)
  }

  @Test("A search step: what is judged by the searches no longer sees it")
  func step() throws {
    var story = Story.received
    story.add(.searched, Self.asked)
    story.add(.takenBack, Self.asked, of: 5)
    story.add(.answered, Self.asked)
    var seen: [EventKind] = []
    _ = try ItemHistory(of: story.events, between: ItemHistoryTests.parties) { event, past in
      if event.kind == .answered { seen = past.map(\.kind) }
      return nil
    }
    #expect(seen == [.entered, .submitted, .relayed, .delivered, .received, .takenBack])
  }

  @Test("An assignment: who was given it before has it again; what it did before it knew stays")
  func assignment() throws {
    var story = Story.received
    story.add(.assigned, Self.asked, to: Self.township)
    story.add(.assigned, Self.asked, to: Self.sibling)
    story.add(.takenBack, Self.asked, of: 6)
    #expect(try story.history().standing.assignedTo == Self.township)
    let early = story.add(.searched, Self.sibling, after: [6])
    let late = story.add(.searched, Self.sibling, after: [7])
    #expect(try story.reasons()[early] == "")
    #expect(try story.reasons()[late] == "wrongDivision")
  }

  @Test("The entry: withdrawn, whatever the asked side did meanwhile; nothing more can be done")
  func entry() throws {
    var story = Story.received
    story.add(.takenBack, Self.asking, of: 0, after: [2])
    let meanwhile = story.add(.answered, Self.asked, after: [4])
    // What others did that did not know of it has no effect, and they are told so.
    #expect(try story.reasons() == ["", "", "", "withdrawn", "withdrawn", "", "withdrawn"])
    #expect(meanwhile == 6)
    #expect(try story.history().standing.state == .withdrawn)
    for (kind, division) in [
      (EventKind.answered, Self.asked), (.assigned, Self.asked), (.closed, Self.asking),
    ] {
      var more = story
      let late = more.add(kind, division, to: Self.township, after: [5, 6])
      #expect(try more.reasons()[late] == "wrongState")
    }
  }

  /// Which step of a story, by whom, and why not; empty: it is taken back.
  private static let rows: [(Story, target: Int, by: String, reason: String)] = [
    (.received, 0, asking, ""),
    // S2.1: what was sent is the county's to withdraw.
    (.received, 0, author, "wrongDivision"),
    (.received, 0, asked, "wrongDivision"),
    (.received, 1, asking, "cannotBeTakenBack"),
    (.received, 3, asked, "cannotBeTakenBack"),
    (.received, 4, asked, "cannotBeTakenBack"),
    (.received, 99, asked, "nothingToTakeBack"),
    // What is answered is closed, not withdrawn; steps are under their answer.
    (answered, 0, asking, "wrongState"),
    (answered, 5, asked, "wrongState"),
    (answered, 6, township, "wrongState"),
    // Each office takes back its own.
    (answered, 7, asked, "wrongDivision"),
    (answered, 7, sibling, "wrongDivision"),
    (answered, 7, township, ""),
    (answered, 7, ItemHistoryTests.province, "wrongDivision"),
  ]

  @Test("Who may take back what, and while what", arguments: rows)
  func refusals(story: Story, target: Int, by division: String, reason: String) throws {
    var story = story
    let back = story.add(.takenBack, division, of: target)
    #expect(try story.reasons()[back] == reason)
    if !reason.isEmpty {
      #expect(try story.history().standing.state != .withdrawn)
      return
    }
    // Twice is once, and a taking back is not taken back.
    let twice = story.add(.takenBack, division, of: target, after: [back - 1])
    let never = story.add(.takenBack, division, of: back, after: [back])
    #expect(try story.reasons()[twice] == "doneTwice")
    #expect(["cannotBeTakenBack", "wrongState"].contains(try story.reasons()[never]))
  }

  @Test("An entry that was not sent is its author's to take back, or its county's")
  func notSent() throws {
    for division in [Self.author, Self.asking] {
      var story = Story()
      story.add(.entered, Self.author)
      story.add(.takenBack, division, of: 0)
      #expect(try story.history().standing.state == .withdrawn)
    }
  }

  @Test(
    "S2.1: what was sent meanwhile is the asking county's to withdraw, however late that is heard")
  func sentMeanwhile() throws {
    var story = Story.received
    story.add(.searched, Self.asked)
    let back = story.add(.takenBack, Self.author, of: 0, after: [0])
    #expect(try story.reasons()[back] == "doneBefore")
    #expect(try story.history().standing.state == .received)
    // What was done to it goes on to count.
    let answered = story.add(.answered, Self.asked, after: [5, back])
    #expect(try story.reasons()[answered] == "")
  }

  @Test("What an office did proves what it knew: it takes nothing back as if it had not done it")
  func forgotten() throws {
    var closed = Self.answered
    closed.add(.closed, Self.asking)
    // As if the asking county had not closed it, the township not answered it, the author seen nothing.
    for (target, division, seen) in [
      (0, Self.asking, [4]), (7, Self.township, [7]), (6, Self.township, [6]),
      (5, Self.asked, [5]),
    ] {
      var story = closed
      if division == Self.asked { story.add(.assigned, Self.asked, to: Self.sibling) }
      if division == Self.township { story.add(.searched, Self.township, after: [6]) }
      let back = story.add(.takenBack, division, of: target, after: seen)
      #expect(["doneTwice", "wrongState"].contains(try story.reasons()[back]))
      #expect(try story.history().standing.state == .closed)
    }
  }

  @Test("It waits for what it takes back, and takes effect when that comes")
  func waiting() throws {
    var story = Self.answered
    story.add(.takenBack, Self.township, of: 7)
    var lacking = story
    lacking.events.remove(at: 7)
    #expect(try lacking.reasons().last == "waitsForEarlier")
    #expect(try story.reasons().last == "")
  }
}
