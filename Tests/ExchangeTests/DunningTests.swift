import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("Dunning through the exchange (S10.4)", .timeLimit(.minutes(30)))
struct DunningTests {
  private static let (asked, province) = (TestNetwork.household, TestNetwork.province)
  private static let town = TestNetwork.householdTowns[0]

  /// An urgent item of 17 June 2009, due on Thursday 2 July, that the township holds.
  private func late(in network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliver(Cases.assistRequest(pregnant: true))
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network.until(id, is: .assigned, at: Self.province)
    return id
  }

  private func letters(
    at division: String, waiting: Bool = false, in network: TestNetwork
  ) async throws -> [LetterSummary] {
    var request = LettersRequest()
    request.kind = .dunning
    request.waiting = waiting
    return try await network[division].stream(Letters.list, request)
  }

  private func read(
    _ id: [UInt8], at division: String, in network: TestNetwork
  ) async throws -> LetterReply {
    var request = LetterRequest()
    request.id = id
    return try await network[division].call(Letters.read, request)
  }

  private func acknowledge(
    _ id: [UInt8], at division: String, note: String = "", in network: TestNetwork
  ) async throws -> LetterSummary {
    var request = AcknowledgeRequest()
    request.id = id
    request.note = note
    return try await network[division].call(Letters.acknowledge, request)
  }

  private func until(
    _ letter: LedgerID, hasCome step: LetterStep, at division: String, in network: TestNetwork
  ) async throws {
    try await network.until(division) { ledger in
      try ledger.events(ofLetter: letter).contains { $0.step == step }
    }
  }

  /// What both offices can prove: the digests of a letter's steps.
  private func digests(
    of letter: LedgerID, at division: String, in network: TestNetwork
  ) async throws -> [EventDigest] {
    try await network[division].node.ledger.read { try $0.events(ofLetter: letter).map(\.digest) }
  }

  @Test("The township gets its list on Friday, acknowledges it, and both sides hold the same")
  func township() async throws {
    let network = try await TestNetwork.start()
    let id = try await late(in: network)
    try network.clock.set("2009-07-02")
    #expect(try await network[Self.asked].node.dun() == 0)
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .issued, at: Self.town, in: network)
    let todo = try await letters(at: Self.town, waiting: true, in: network)
    #expect(todo.map(\.id) == [issued.id])
    let list = try #require(try await read(issued.id, at: Self.town, in: network).dunning)
    #expect(list.day == 2009_07_03 && list.late == 1 && list.parts == 1)
    let line = try #require(list.lines.first)
    #expect(line.item == id.bytes && line.feedback && line.due == 2009_07_02 && line.daysLate == 1)
    #expect(line.level == .township && line.county == Self.asked && line.stopped == nil)
    #expect(line.holder.hasPrefix(Self.town))
    let own = try await acknowledge(issued.id, at: Self.town, note: "周三前反馈", in: network)
    #expect(own.acknowledged == network.clock.now())
    try await until(letter, hasCome: .acknowledged, at: Self.asked, in: network)
    let told = try await read(issued.id, at: Self.asked, in: network)
    #expect(told.events.map(\.step) == [.issued, .delivered, .acknowledged])
    #expect(told.events.last?.note == "周三前反馈" && told.events.last?.actor?.account == "operator")
    #expect(
      try await digests(of: letter, at: Self.asked, in: network)
        == digests(of: letter, at: Self.town, in: network))
    #expect(try await letters(at: Self.town, waiting: true, in: network).isEmpty)
    // Again it changes nothing.
    _ = try await acknowledge(issued.id, at: Self.town, note: "again", in: network)
    #expect(try await read(issued.id, at: Self.town, in: network).events.last?.note == "周三前反馈")
    for division in [Self.asked, Self.town] {
      let verdict = try await network[division].node.ledger.read {
        try $0.verifyLog(
          isSigned: { !$0.signature.isEmpty }, isSealed: { EventSeal($0.seal) != nil })
      }
      guard case .intact = verdict else {
        Issue.record("\(division): \(verdict)")
        continue
      }
    }
    try await network.stop()
  }

  @Test("Only the office that is dunned acknowledges; another one knows of no such letter")
  func whose() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .issued, at: Self.town, in: network)
    let failure = await #expect(throws: CallFailure.self) {
      try await acknowledge(issued.id, at: Self.asked, in: network)
    }
    #expect(failure?.reason == "wrong-division")
    let unknown = await #expect(throws: CallFailure.self) {
      try await read(issued.id, at: TestNetwork.householdTowns[1], in: network)
    }
    #expect(unknown?.reason == "unknown")
    try await network.stop()
  }

  @Test(
    "It rises: the county is dunned by the province after a week, the province itself after three")
  func rises() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    var addressees: [[String]] = []
    for friday in ["2009-07-03", "2009-07-10", "2009-07-24"] {
      try network.clock.set(friday)
      _ = try await network[Self.province].node.dun()
      addressees.append(
        try await letters(at: Self.province, in: network)
          .filter { CivilDate(yyyymmdd: $0.period)?.description == friday }.map(\.addressee))
    }
    #expect(addressees == [[], [Self.asked], [Self.province, Self.asked]])
    let all = try await letters(at: Self.province, waiting: true, in: network)
    let own = try #require(all.first)
    #expect(all.count == 1 && own.addressee == Self.province && own.delivered != 0)
    let list = try #require(try await read(own.id, at: Self.province, in: network).dunning)
    #expect(list.lines.map(\.level) == [.province] && list.lines.map(\.daysLate) == [22])
    #expect(try await acknowledge(own.id, at: Self.province, in: network).acknowledged != 0)
    try await network.stop()
  }

  @Test("A node that was off on Friday does it when it starts, for that week, and only once")
  func off() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    try await network[Self.asked].kill()
    try network.clock.set("2009-07-06")
    try await network[Self.asked].start()
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try await letters(at: Self.asked, in: network)
    #expect(issued.map(\.period) == [2009_07_03])
    let list = try await read(issued[0].id, at: Self.asked, in: network).dunning
    #expect(list?.day == 2009_07_03 && list?.lines.first?.daysLate == 1)
    for day in ["2009-07-06", "2009-07-09"] {
      try network.clock.set(day)
      #expect(try await network[Self.asked].node.dun() == 0)
    }
    // The next week has a list of its own.
    try network.clock.set("2009-07-10")
    #expect(try await network[Self.asked].node.dun() == 1)
    try await network.stop()
  }

  @Test("A clock that was a year ahead for a moment costs no week its list, and doubles none")
  func clockAhead() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    let node = try network[Self.asked].node
    try network.clock.set("2009-07-03")
    #expect(try await node.dun() == 1)
    try network.clock.set("2010-07-09")
    #expect(try await node.dun() > 0)
    try network.clock.set("2009-07-04")
    #expect(try await node.dun() == 0)
    try network.clock.set("2009-07-10")
    #expect(try await node.dun() == 1)
    #expect(try await node.dun() == 0)
    try await network.stop()
  }

  @Test(
    "A county that was put back gets its list back, and duns nobody twice for a week", .aboutFiles)
  func putBack() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    let backup = try await network.backUp(Self.asked)
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .issued, at: Self.town, in: network)
    _ = try await acknowledge(issued.id, at: Self.town, in: network)
    try await until(letter, hasCome: .acknowledged, at: Self.asked, in: network)
    let before = try await digests(of: letter, at: Self.asked, in: network)
    network.cut(Self.town)
    try await network[Self.asked].kill()
    try await network.restore(Self.asked, from: backup)
    try await network[Self.asked].start()
    // Not before its neighbours have told what it has lost.
    #expect(try await network[Self.asked].node.dun() == 0)
    network.mend(Self.town)
    try await network.until(Self.asked) { try $0.awaited().isEmpty }
    #expect(try await digests(of: letter, at: Self.asked, in: network) == before)
    #expect(try await network[Self.asked].node.dun() == 0)
    #expect(try await letters(at: Self.asked, in: network).map(\.id) == [issued.id])
    try await network.stop()
  }

  @Test("A township that was put back gets its letter again, with what it said to it", .aboutFiles)
  func putBackBelow() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    let backup = try await network.backUp(Self.town)
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .issued, at: Self.town, in: network)
    _ = try await acknowledge(issued.id, at: Self.town, note: "已知", in: network)
    try await until(letter, hasCome: .acknowledged, at: Self.asked, in: network)
    let before = try await digests(of: letter, at: Self.asked, in: network)
    try await network[Self.town].kill()
    try await network.restore(Self.town, from: backup)
    try await network[Self.town].start()
    try await until(letter, hasCome: .acknowledged, at: Self.town, in: network)
    #expect(try await digests(of: letter, at: Self.town, in: network) == before)
    try await network.stop()
  }

  @Test(
    "Also a plain copy that nobody noticed gets its letter back, and duns nobody twice", .aboutFiles
  )
  func plainCopy() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    try await network[Self.asked].kill()
    let copy = try network.copyStore(of: Self.asked)
    try await network[Self.asked].start()
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .issued, at: Self.town, in: network)
    _ = try await acknowledge(issued.id, at: Self.town, in: network)
    try await until(letter, hasCome: .acknowledged, at: Self.asked, in: network)
    let before = try await digests(of: letter, at: Self.asked, in: network)
    try await network[Self.asked].kill()
    try network.replaceStore(of: Self.asked, by: copy)
    try await network[Self.asked].start()
    try await until(letter, hasCome: .acknowledged, at: Self.asked, in: network)
    #expect(try await digests(of: letter, at: Self.asked, in: network) == before)
    #expect(try await network[Self.asked].node.dun() == 0)
    #expect(try await letters(at: Self.asked, in: network).map(\.id) == [issued.id])
    try await network.stop()
  }

  @Test("A letter written while the cable is out comes when it is mended")
  func cut() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    try await network.isolate(Self.town)
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.asked].node.dun() == 1)
    let issued = try #require(try await letters(at: Self.asked, in: network).first)
    #expect(issued.delivered == 0)
    network.mend(Self.town)
    let letter = try #require(LedgerID(issued.id))
    try await until(letter, hasCome: .delivered, at: Self.asked, in: network)
    try await network.stop()
  }

  @Test("What a stopped destination holds up is named, and is the province's at once")
  func stopped() async throws {
    let network = try await TestNetwork.start()
    _ = try await late(in: network)
    try await network[Self.province].node.ledger.commit {
      try $0.setNode(Self.asked, enabled: false)
    }
    try network.clock.set("2009-07-03")
    #expect(try await network[Self.province].node.dun() == 2)
    let letters = try await letters(at: Self.province, in: network)
    #expect(letters.map(\.addressee) == [Self.province, Self.asked])
    let own = try #require(letters.first)
    let list = try await read(own.id, at: Self.province, in: network).dunning
    #expect(list?.lines.map(\.stopped) == [.switchedOff])
    try await network.stop()
  }
}
