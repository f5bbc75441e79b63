import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@testable import Exchange

@Suite("A letter is taken from whom it may come, and as it was sealed", .timeLimit(.minutes(30)))
struct LetterBookTests {
  private static let (county, town) = (TestNetwork.household, TestNetwork.householdTowns[0])

  /// The county's dunning letter with its step, as it goes to the township, which is cut off.
  private func letter(in network: TestNetwork) async throws -> LetterEvent {
    let id = try await network.deliver(Cases.assistRequest(pregnant: true))
    try await network[Self.county].receiveAll()
    try await network[Self.county].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    network.cut(Self.town)
    try await network[Self.town].kill()
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.county].node.dun() == 1)
    let parcels = try await network[Self.county].node.ledger.read {
      try $0.letters(for: Self.town, after: 0, tellingBackThrough: 0, limit: 16).parcels
    }
    try await network[Self.town].start()
    let parcel = try #require(parcels.first)
    return LetterEvent(parcel.event, of: parcel.letter)
  }

  /// What the township says to a step that its county, or somebody else, tells.
  private func taking(
    _ letter: LetterEvent, from peer: String = county, in network: TestNetwork
  ) async throws -> String? {
    let node = try network[Self.town].node
    let (bytes, now) = (letter.encoded(), network.clock.now())
    let from = try #require(DivisionCode(peer))
    do {
      let letters = node.letters
      _ = try await node.ledger.commit {
        try letters.take(bytes, from: from, now: now, in: $0)
      }
      return nil
    } catch let failure as CallFailure {
      return failure.reason
    }
  }

  @Test(
    "Changed, from another, to another, without its seal or its letter: refused with the reason")
  func refused() async throws {
    let network = try await TestNetwork.start()
    let letter = try await letter(in: network)
    var changes: [(String, LetterEvent)] = []
    func change(_ reason: String, _ body: (inout LetterEvent) -> Void) {
      var changed = letter
      body(&changed)
      changes.append((reason, changed))
    }
    change("false-seal") { $0.at += 1 }
    change("false-seal") { $0.note = "x" }
    change("false-seal") { $0.period = 2009_07_10 }
    change("false-seal") { $0.seal = [] }
    change("false-seal") { $0.body = DunningList.sample.encoded() }
    change("missing-field") { $0.body = [] }
    change("wrong-division") { $0.actor?.division = Self.town }
    change("wrong-division") { $0.addressee = TestNetwork.householdTowns[1] }
    change("wrong-division") { ($0.issuer, $0.addressee) = ($0.addressee, $0.issuer) }
    change("wrong-division") {
      $0.kind = .roster
      $0.body = Roster().encoded()
    }
    change("wrong-division") { $0.part = 0 }
    change("time-out-of-range") { $0.at = 0 }
    change("unknown") {
      $0.step = .acknowledged
      $0.body = []
      $0.actor?.division = Self.town
    }
    for (reason, changed) in changes.dropLast() {
      #expect(try await taking(changed, in: network) == reason)
    }
    // Of a step whose letter has not come, the seal is looked at first.
    let last = try #require(changes.last?.1)
    #expect(try await taking(last, in: network) == "false-seal")
    #expect(try await taking(letter, from: TestNetwork.province, in: network) == "wrong-division")
    // As it was sealed it is taken and again it changes nothing.
    for _ in 0..<2 { #expect(try await taking(letter, in: network) == nil) }
    network.mend(Self.town)
    let id = StoredLetter.id(
      of: .dunning, from: Self.county, to: Self.town, period: letter.period, part: 1)
    try await network.until(Self.county) { try $0.letter(id)?.delivered != 0 }
    try await network.stop()
  }
}

extension DunningList {
  /// A list that nobody has sealed.
  fileprivate static var sample: DunningList {
    var list = DunningList()
    list.day = 2009_07_03
    list.rules = "2009-1"
    return list
  }
}
