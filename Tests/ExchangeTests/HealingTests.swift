import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite(
  "Whatever happens to a node, the network comes to agree again", .timeLimit(.minutes(30)))
struct HealingTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let province = TestNetwork.province
  private static let town = TestNetwork.householdTowns[0]

  /// Waits until every office that has an item holds the same of it.
  private func agree(
    _ network: TestNetwork, on id: LedgerID, as state: ItemState, _ finding: Finding? = nil
  ) async throws {
    for office in [Self.asking, Self.province, Self.asked] {
      try await network.until(office) {
        let item = try $0.item(id)
        return item?.state == state && (finding == nil || item?.finding == finding)
      }
    }
    var histories: Set<Set<LedgerID>> = []
    repeat {
      try await Task.sleep(for: .milliseconds(1))
      histories = []
      for office in [Self.asking, Self.province, Self.asked] {
        histories.insert(
          Set(try await network[office].node.ledger.read { try $0.events(of: id).map(\.id) }))
      }
    } while histories.count > 1
    for office in [Self.asking, Self.province, Self.asked] {
      let item = try await network[office].node.ledger.read { try $0.item(id) }
      #expect(item?.state == state)
    }
  }

  /// A network in which an item was received by the asked county.
  private func received() async throws -> (TestNetwork, LedgerID) {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    return (network, id)
  }

  /// A network in which an item was given to a township, which has it.
  private func assigned() async throws -> (TestNetwork, LedgerID) {
    let (network, id) = try await received()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    return (network, id)
  }

  @Test("What a clock outside the certificate's time would seal is not kept, and is done later")
  func clockBeforeCertificate() async throws {
    let (network, id) = try await received()
    try network.clock.set("1999-12-31")
    await #expect(throws: CallFailure.self) { try await network[Self.asked].assign(id) }
    try network.clock.set("2009-06-18")
    try await network.until(id, is: .received, at: Self.asked)
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await agree(network, on: id, as: .assigned)
  }

  @Test("Faults 1, 33: an asked county put back from a backup gets its own acts back", .aboutFiles)
  func askedFromBackup() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let backup = try await network.backUp(Self.asked)
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asking)
    try await network[Self.asked].kill()
    try await network.restore(Self.asked, from: backup)
    try await network[Self.asked].start()
    try await agree(network, on: id, as: .answered, .found)
    try await network.until(Self.asked) { try $0.awaited().isEmpty }
    let failure = await #expect(throws: CallFailure.self) {
      try await network[Self.asked].answer(id, .mismatch)
    }
    #expect(failure?.reason == "wrong-state")
    for office in [Self.asking, Self.province, Self.asked] {
      #expect(try await network[office].node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    try await network.stop()
  }

  @Test(
    "Fault 2: an asking county put back from a backup has what it sent, and the answer", .aboutFiles
  )
  func askingFromBackup() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.assistRequest()
    let id = Cases.ledgerID(item)
    try await network[item.enteredAt].enter(item)
    try await network.until(id, is: .entered, at: Self.asking)
    let backup = try await network.backUp(Self.asking)
    try await network[Self.asking].sendAll()
    try await network.until(id, is: .delivered, at: Self.asked)
    try await network[Self.asking].kill()
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.restore(Self.asking, from: backup)
    try await network[Self.asking].start()
    try await agree(network, on: id, as: .answered, .found)
    try await network.until(Self.asking) { try $0.awaited().isEmpty }
    try await network[Self.asking].closeAll()
    try await agree(network, on: id, as: .closed)
    try await network.stop()
  }

  @Test(
    "Fault 5: a county that lost its store altogether gets back all that its neighbours hold",
    .aboutFiles)
  func lostStore() async throws {
    let (network, id) = try await received()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asking)
    try await network[Self.asked].kill()
    try network.replaceStore(of: Self.asked, by: nil)
    try await network[Self.asked].start()
    try await agree(network, on: id, as: .answered, .found)
    try await network.stop()
  }

  @Test("Fault 56: a province put back from a backup gets back what it relayed", .aboutFiles)
  func provinceFromBackup() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    let backup = try await network.backUp(Self.province)
    let id = try await network.deliver(Cases.assistRequest(number: 2))
    try await network[Self.asked].receiveAll()
    try await network.until(id, is: .received, at: Self.asking)
    try await network[Self.province].kill()
    try await network.restore(Self.province, from: backup)
    try await network[Self.province].start()
    try await agree(network, on: id, as: .received)
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await agree(network, on: id, as: .answered, .found)
    for office in [Self.asking, Self.province, Self.asked] {
      #expect(try await network[office].node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    try await network.stop()
  }

  @Test(
    "Fault 49: a county put back from a plain copy skips nothing, however much it writes then",
    .aboutFiles)
  func plainCopy() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    try await network[Self.asking].kill()
    let copy = try network.copyStore(of: Self.asking)
    try await network[Self.asking].start()
    let lost = try await network.deliver(Cases.assistRequest(number: 2))
    try await network[Self.asking].kill()
    try network.replaceStore(of: Self.asking, by: copy)
    // More is written than was lost, before the link opens again.
    network.cut(Self.asking)
    try await network[Self.asking].start()
    for number in UInt64(3)...5 {
      var item = Cases.assistRequest(number: number)
      item.enteredAt = Self.asking
      try await network[Self.asking].enter(item)
    }
    try await network[Self.asking].sendAll()
    network.mend(Self.asking)
    for number in UInt64(3)...5 {
      try await agree(
        network, on: Cases.ledgerID(Cases.assistRequest(number: number)), as: .delivered)
    }
    try await agree(network, on: lost, as: .delivered)
    try await network.stop()
  }

  @Test("Fault 39: two answers across a cut; the county's counts, the township is told why")
  func twoAnswers() async throws {
    let (network, id) = try await assigned()
    try await network.isolate(Self.town)
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    for source in [SearchSource.womenRegister, .paperLedger, .householdRegister] {
      try await network[Self.town].search(id, source, found: false)
    }
    try await network[Self.town].answer(id, .notFound, remark: "三处均未查到此人")
    network.mend(Self.town)
    try await agree(network, on: id, as: .answered, .found)
    try await network.until(Self.town) { try $0.item(id)?.finding == .found }
    // At both it waits for somebody to look at it; having looked, it does not any more.
    for office in [Self.asked, Self.town] {
      try await network.until(office) { try $0.item(id)?.withoutEffect == 1 }
      var request = ListRequest()
      request.box = .todo
      let todo = try await network[office].stream(Items.list, request)
      #expect(todo.map { $0.item?.withoutEffect } == [1])
      let reply = try await network[office].follow(id)
      #expect(reply.remarks.map(\.reason) == ["done-before"])
      #expect(try await network[office].stream(Items.list, request).isEmpty)
    }
    try await network.stop()
  }

  @Test("Fault 39: given to another while the first answered: the work is not lost")
  func reassignedAcrossCut() async throws {
    let (network, id) = try await assigned()
    try await network.isolate(Self.town)
    try await network[Self.asked].assign(id, to: TestNetwork.householdTowns[1])
    try await network[Self.town].search(id, .womenRegister, found: true)
    try await network[Self.town].answer(id, .found)
    network.mend(Self.town)
    try await agree(network, on: id, as: .answered, .found)
    try await network.stop()
  }

  @Test("What somebody has looked at does not come back when more of the item comes")
  func lookedAt() async throws {
    let (network, id) = try await assigned()
    let other = TestNetwork.householdTowns[1]
    try await network.isolate(Self.town)
    try await network[Self.asked].assign(id, to: other)
    try await network.until(id, is: .assigned, at: other)
    try await network.isolate(other)
    for office in [Self.asked, Self.town, other] {
      try await network[office].search(id, .womenRegister, found: true)
      try await network[office].answer(id, .found)
    }
    network.mend(Self.town)
    try await network.until(Self.asked) { try $0.item(id)?.withoutEffect == 1 }
    _ = try await network[Self.asked].follow(id)
    network.mend(other)
    try await network.until(Self.asked) {
      try $0.events(of: id).count { $0.kind == .answered } == 3
    }
    #expect(try await network[Self.asked].node.ledger.read { try $0.item(id) }?.withoutEffect == 1)
    try await network.stop()
  }

  @Test("S6.4: searches that have no effect carry no answer, here as at every other node")
  func idleSearches() async throws {
    let (network, id) = try await assigned()
    let other = TestNetwork.householdTowns[1]
    try await network[other].kill()
    var link = try await ForgedLink.open(network, as: other, at: Self.asked)
    for source in [SearchSource.womenRegister, .paperLedger, .householdRegister] {
      var step = ExchangeProtos.SearchStep()
      step.source = source
      try await link.tell(
        ForgedEventTests.event(
          .searched, of: id.bytes, by: other, at: network.clock.now(), .searched(step)))
    }
    try await network.until(Self.asked) {
      try $0.events(of: id).count { $0.kind == .searched } == 3
    }
    let failure = await #expect(throws: CallFailure.self) {
      try await network[Self.asked].answer(id, .notFound, remark: "三处均未查到此人")
    }
    #expect(failure?.text.contains("S6.4") == true)
    #expect(try await network[Self.asked].node.ledger.read { try $0.item(id) }?.state == .assigned)
    try await network.stop()
  }

  @Test("Fault 40: what the asking county claims is computed anew, and the difference is shown")
  func claims() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.assistRequest()
    let id = Cases.ledgerID(item)
    try await network[item.enteredAt].enter(item)
    try await network.until(id, is: .entered, at: Self.asking)
    let entered = try #require(
      try await network[Self.asking].node.ledger.read { try $0.events(of: id).first })
    try await network[Self.asking].kill()
    var link = try await ForgedLink.open(network, as: Self.asking, at: Self.province)
    try await link.introduce(item.enteredAt)
    try await link.tell(entered.bytes)
    var claim = Submission()
    claim.submitted = 2009_06_17
    claim.profile = "provincial-2009"
    claim.urgency = .urgent
    claim.feedbackRequired = false
    claim.cycle = "2009-01"
    claim.due = 2009_01_31
    try await link.tell(
      ForgedEventTests.event(
        .submitted, of: id.bytes, by: Self.asking, at: network.clock.now(), .submitted(claim)))
    try await network.until(id, is: .delivered, at: Self.asked)
    let there = try await network[Self.asked].node.ledger.read { try $0.item(id) }
    #expect(there?.due == 2009_07_17)
    #expect(there?.feedbackRequired == true)
    #expect(there?.urgency == .normal)
    #expect(there?.cycle == "2009-06")
    let remarks = try await network[Self.asked].follow(id).remarks
    #expect(remarks.map(\.reason) == ["claim-differs"])
    #expect(remarks.map(\.counts) == [true])
    try await network.stop()
  }

  @Test("Fault 4: who sent what is set aside is told, at once and whenever the link opens")
  func objections() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].kill()
    var link = try await ForgedLink.open(network, as: Self.asked, at: Self.province)
    let forged = ForgedEventTests.event(
      .closed, of: id.bytes, by: Self.asked, at: network.clock.now())
    try await link.tell(forged)
    let objection = try await link.objection()
    #expect(objection?.reason == "wrong-division")
    #expect(objection?.itemId == id.bytes)
    #expect(objection?.sequence == 1)
    let line = "events of a neighbour are set aside: see xiecha-admin quarantine list"
    #expect(network.lines.count(of: line, peer: Self.asked) == 1)
    try await network.stop()
  }
}
