import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import ReferenceData
import TestSupport
import Testing
import Wire

@Suite(
  "What a person asks for is decided by two people and by both counties, and done (PIPL 46, 47)",
  .timeLimit(.minutes(30)))
struct RightsTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let province = TestNetwork.province
  private static let offices = [asking, province, asked]

  /// An item that is closed everywhere, and a supervisor beside each county's operator.
  private func closed(in network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliverAndClose(Cases.assistRequest())
    for division in [Self.asking, Self.asked] { try await supervise(division, in: network) }
    return id
  }

  private func supervise(_ division: String, in network: TestNetwork) async throws {
    try await network[division].node.ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: "chief", role: "countySupervisor", division: division,
          verifier: Office.verifier, created: TestClock.start))
    }
  }

  private func erasure(reason: String = "办结，不再需要") -> RightRequest {
    var request = RightRequest()
    (request.right, request.reason, request.basis) = (.erasure, reason, "个保法47条一款（一）")
    return request
  }

  private func ask(
    _ request: RightRequest, about id: LedgerID, at office: Office, as account: String = "operator"
  ) async throws {
    var asking = AskRequest()
    (asking.item, asking.request) = (id.bytes, request)
    _ = try await office.call(Subjects.ask, asking, as: account)
  }

  private func decide(
    _ granted: Bool, on id: LedgerID, at office: Office, as account: String = "operator",
    reason: String = "属实"
  ) async throws {
    var decision = DecideRequest()
    (decision.item, decision.granted, decision.reason) = (id.bytes, granted, reason)
    _ = try await office.call(Subjects.decide, decision, as: account)
  }

  private func reason(_ body: () async throws -> Void) async -> String? {
    await #expect(throws: CallFailure.self) { try await body() }?.reason
  }

  /// Until a node is to erase an item, and nothing of it waits for a neighbour.
  private func erase(_ id: LedgerID, at division: String, in network: TestNetwork) async throws {
    try await network.until(division) { ledger in
      let items = try ledger.itemsToErase()
      return try items.map(\.item) == [id] && ledger.taken(items).count == 1
    }
    #expect(try await network[division].node.erase().items == 1)
  }

  private func intact(_ network: TestNetwork, _ divisions: [String]) async throws {
    for division in divisions {
      let node = try network[division].node
      let audit = LedgerAudit(identity: node.identity, calendar: .national, register: .national)
      #expect(try await node.ledger.read { try audit.difference(in: $0) } == nil, "\(division)")
    }
  }

  @Test("Erased: a second person approves, the other county agrees, the proof stands everywhere")
  func erased() async throws {
    let network = try await TestNetwork.start()
    let id = try await closed(in: network)
    let (asking, asked) = (network[Self.asking], network[Self.asked])
    try await ask(erasure(), about: id, at: asking)
    #expect(try await asking.todo().map(\.toDecide) == [1])
    #expect(await reason { try await decide(true, on: id, at: asking) } == "second-person")
    // The other county sees it at once, and waits for the second person.
    try await network.until(Self.asked) { ledger in
      try ledger.events(of: id).contains { $0.kind == .rightAsked }
    }
    #expect(await reason { try await decide(true, on: id, at: asked) } == "not-approved")
    try await decide(true, on: id, at: asking, as: "chief")
    try await network.until(Self.asked) { try $0.item(id)?.toDecide == 1 }
    #expect(try await asked.todo().map(\.id) == [id.bytes])
    #expect(try await asking.node.erase() == Node.Removed())
    try await decide(true, on: id, at: asked)
    #expect(await reason { try await decide(true, on: id, at: asked) } == "not-awaited")
    for division in Self.offices { try await erase(id, at: division, in: network) }

    for division in [Self.asking, Self.asked] {
      let left = try await network[division].follow(id)
      #expect(left.item == nil && left.removed > 0)
      #expect(left.summary?.maskedName == "")
      let granted = left.events.compactMap { event -> Bool? in
        guard case .rightDecided(let decision)? = event.detail else { return nil }
        return decision.granted
      }
      #expect(granted == [true, true])
      let records = try await network[division].node.ledger.read { ledger in
        try ledger.records(of: Cases.number, includingWithdrawn: true)
      }
      #expect(records.isEmpty, "\(division)")
      let proof = try await network[division].node.ledger.read { try $0.traces(ofItem: id) }
      #expect(proof.contains { $0.entry.purpose.hasPrefix("PIPL 47 ") })
    }
    try await intact(network, Self.offices)
    let next = try await network.deliver(Cases.notice(.inflow, number: 7))
    #expect(try await asked.receiveAll().map(\.id) == [next.bytes])
    try await network.stop()
  }

  @Test("Refused: the reason comes back, who asked erases its own, and the link goes on")
  func refused() async throws {
    let network = try await TestNetwork.start()
    let id = try await closed(in: network)
    let (asking, asked) = (network[Self.asking], network[Self.asked])
    try await ask(erasure(), about: id, at: asking, as: "chief")
    try await decide(true, on: id, at: asking)
    try await network.until(Self.asked) { try $0.item(id)?.toDecide == 1 }
    #expect(
      await reason { try await decide(false, on: id, at: asked, reason: " ") } == "missing-field")
    try await decide(false, on: id, at: asked, reason: "档案须保存三十年")
    try await network.until(Self.asking) { try $0.item(id)?.toErase == true }
    #expect(try await asking.todo().map(\.id) == [id.bytes])
    let said = try await asking.follow(id).events.compactMap { event -> String? in
      guard case .rightDecided(let decision)? = event.detail else { return nil }
      return decision.reason
    }
    #expect(said == ["属实", "档案须保存三十年"])
    try await erase(id, at: Self.asking, in: network)
    // Who may keep it has it still, and so has the province between them.
    for division in [Self.asked, Self.province] {
      #expect(try await network[division].node.erase() == Node.Removed())
      #expect(try await network[division].node.ledger.read { try $0.body(of: id, .entered) } != nil)
    }
    try await intact(network, Self.offices)
    // A store that was put back hears of all but that.
    try await network[Self.province].kill()
    try await network[Self.province].start()
    let next = try await network.deliver(Cases.notice(.inflow, number: 7))
    #expect(try await asked.receiveAll().map(\.id) == [next.bytes])
    try await network.stop()
  }

  @Test("Corrected: each county puts right what its side manages, as a version that says why")
  func corrected() async throws {
    let network = try await TestNetwork.start()
    let id = try await closed(in: network)
    var request = RightRequest()
    (request.right, request.reason, request.basis) = (.correction, "号码已换", "个保法46条")
    for (field, value) in [("telephone", "0755-00000009"), ("certificate", "nonConforming")] {
      var correction = Correction()
      (correction.field, correction.value) = (field, value)
      request.corrections.append(correction)
    }
    var wrong = request
    wrong.corrections[1].value = "gold"
    let refusal = await reason { [wrong] in
      try await ask(wrong, about: id, at: network[Self.asking])
    }
    #expect(refusal == "invalid")
    try await ask(request, about: id, at: network[Self.asking])
    try await decide(true, on: id, at: network[Self.asking], as: "chief")
    try await network.until(Self.asked) { try $0.item(id)?.toDecide == 1 }
    try await decide(true, on: id, at: network[Self.asked])
    let expected = [
      Self.asking: ("0755-00000009", CertificateStatus.valid), Self.asked: ("", .nonConforming),
    ]
    for (division, (telephone, certificate)) in expected {
      let versions = try await network[division].history(id.bytes).versions
        .filter { $0.category == nil }
      #expect(versions.last?.note == "corrected")
      #expect(versions.last?.subject?.telephone == telephone, "\(division)")
      #expect(versions.last?.subject?.certificate == certificate, "\(division)")
    }
    try await intact(network, Self.offices)
    try await network.stop()
  }

  @Test("What is not at its end is not erased, and a township takes nothing up")
  func places() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    #expect(
      await reason { try await ask(erasure(), about: id, at: network[Self.asking]) }
        == "wrong-state")
    let town = network[TestNetwork.residenceTowns[0]]
    #expect(await reason { try await ask(erasure(), about: id, at: town) } == "wrong-role")
    #expect(
      await reason {
        try await ask(erasure(reason: "."), about: id, at: network[Self.asking])
      } == "missing-field")
    try await network.stop()
  }
}
