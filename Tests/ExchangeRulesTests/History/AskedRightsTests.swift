import ExchangeRules
import Testing

@Suite("What a person asks for is decided by two people, and by both counties (PIPL 46, 47)")
struct AskedRightsTests {
  typealias Story = ItemHistoryTests.Story

  private static let (asking, asked) = (ItemHistoryTests.asking, ItemHistoryTests.asked)
  private static let parties = ItemHistoryTests.parties

  /// Closed, and then asked to be erased by the asking county; the place of that.
  private static func erasing() -> (story: Story, place: Int) {
    var story = Story.received
    story.add(.answered, asked)
    story.add(.closed, asking)
    let place = story.add(.rightAsked, asking, right: .asks(.erasure, account: "a"))
    return (story, place)
  }

  private static func decides(
    _ place: Int, _ granted: Bool = true, by account: String
  ) -> RightStep {
    .decides(Story.digest(place), granted: granted, account: account)
  }

  private func rights(_ story: Story) throws -> AskedRights {
    try story.history().rights(between: Self.parties)
  }

  @Test("A second person approves, then the other county decides; then it is erased at both")
  func order() throws {
    var (story, place) = Self.erasing()
    #expect(try rights(story).owed(by: Self.asking) == 1)
    #expect(try rights(story).owed(by: Self.asked) == 0)
    let alone = story.add(.rightDecided, Self.asking, right: Self.decides(place, by: "a"))
    let early = story.add(.rightDecided, Self.asked, right: Self.decides(place, by: "c"))
    #expect(try story.reasons()[alone...] == ["secondPerson", "notApproved"])
    story.add(.rightDecided, Self.asking, right: Self.decides(place, by: "b"))
    #expect(try rights(story).owed(by: Self.asking) == 0)
    #expect(try rights(story).owed(by: Self.asked) == 1)
    #expect(try !rights(story).isErased(at: Self.asking))
    story.add(.rightDecided, Self.asked, right: Self.decides(place, by: "c"))
    let whole = try rights(story)
    #expect(whole.isErased(at: Self.asking) && whole.isErased(at: Self.asked))
    #expect(whole.isErasedOnTheWay)
    let again = story.add(.rightDecided, Self.asked, right: Self.decides(place, by: "c"))
    #expect(try story.reasons()[again] == "notAwaited")
    #expect(try story.reasons()[early] == "notApproved")
    #expect(try story.history().standing.state == .closed)
  }

  @Test("Refused by the other county: who asked erases its own, the other one and the way keep it")
  func refused() throws {
    var (story, place) = Self.erasing()
    story.add(.rightDecided, Self.asking, right: Self.decides(place, by: "b"))
    story.add(.rightDecided, Self.asked, right: Self.decides(place, false, by: "c"))
    let rights = try rights(story)
    #expect(rights.isErased(at: Self.asking) && !rights.isErased(at: Self.asked))
    #expect(!rights.isErasedOnTheWay)
  }

  @Test("Not approved where it was taken up: nobody else is asked, and nothing is erased")
  func unapproved() throws {
    var (story, place) = Self.erasing()
    story.add(.rightDecided, Self.asking, right: Self.decides(place, false, by: "b"))
    let rights = try rights(story)
    #expect(rights.owed(by: Self.asking) == 0 && rights.owed(by: Self.asked) == 0)
    #expect(!rights.isErased(at: Self.asking) && !rights.isErasedOnTheWay)
  }

  @Test("An open item is corrected, and not erased before it is at its end")
  func open() throws {
    var story = Story.received
    let erasing = story.add(.rightAsked, Self.asked, right: .asks(.erasure, account: "a"))
    let correcting = story.add(.rightAsked, Self.asked, right: .asks(.correction, account: "a"))
    #expect(try story.reasons()[erasing...] == ["wrongState", ""])
    #expect(try rights(story).asked.map(\.digest) == [Story.digest(correcting)])
  }

  @Test("A person's request goes on when the item is withdrawn, also by who did not know of it")
  func withdrawn() throws {
    var story = Story.received
    let asked = story.add(
      .rightAsked, Self.asked, right: .asks(.correction, account: "a"), after: [4])
    story.add(.takenBack, Self.asking, of: 0, after: [4])
    #expect(try story.history().standing.state == .withdrawn)
    story.add(.rightDecided, Self.asked, right: Self.decides(asked, by: "b"), after: [5, 6])
    #expect(try story.reasons().allSatisfy(\.isEmpty))
  }
}
