import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite(
  "A claim stays a claim until the side that manages the facts acts (S7.1, S7.2)",
  .timeLimit(.minutes(30)))
struct ClaimTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)

  private func card(
    _ office: Office, of item: LedgerID
  ) async throws -> (RegisteredPerson, Subject) {
    let reply = try await office.history(item.bytes)
    let person = try #require(reply.person)
    let current = reply.versions.filter { $0.record == person.id }.last
    return (person, try #require(current?.subject))
  }

  private func accept(
    _ office: Office, _ person: RegisteredPerson, _ item: LedgerID, _ fields: [SubjectField],
    as account: String = "operator"
  ) async throws -> UInt32 {
    var request = AcceptRequest()
    request.person = person.id
    request.item = item.bytes
    request.fields = fields.map(\.rawValue)
    return try await office.call(Records.accept, request, as: account).version
  }

  @Test("Another county's question stands beside the card, and is taken over field by field")
  func anotherCounty() async throws {
    let network = try await TestNetwork.start()
    let asked = network[Self.asked]
    var own = Cases.assistRequest(from: TestNetwork.householdTowns[0])
    (own.from, own.to) = (Self.asked, Self.asking)
    own.subject?.telephone = "0662-00000001"
    let known = try await network.deliver(own)
    var question = Cases.notice(.inflow, number: 7)
    question.subject?.telephone = "0755-00000002"
    question.subject?.household?.text = "样例村9号"
    let id = try await network.deliver(question)
    try await asked.receiveAll()

    let (person, subject) = try await card(asked, of: known)
    #expect(subject.telephone == "0662-00000001")
    #expect(subject.household?.text == own.subject?.household?.text)
    let claims = try await asked.history(known.bytes).claims
    #expect(claims.map(\.item) == [id.bytes])
    #expect(claims.first?.actor?.division == question.enteredAt)
    #expect(claims.first?.draft == false)
    let claimed = claims.first?.fields ?? []
    #expect(claimed.first { $0.field == "telephone" }?.claimed == "0755-00000002")
    #expect(claimed.first { $0.field == "telephone" }?.registered == "0662-00000001")

    // Where she lives is the other side's to say.
    let others = await #expect(throws: CallFailure.self) {
      _ = try await accept(asked, person, id, [.telephone])
    }
    #expect(others?.reason == "wrong-division")
    #expect(others?.text.contains("S7.1") == true)
    let unsaid = await #expect(throws: CallFailure.self) {
      _ = try await accept(asked, person, id, [.name])
    }
    #expect(unsaid?.reason == "unknown")
    #expect(try await accept(asked, person, id, [.household]) == 2)
    let now = try await card(asked, of: known).1
    #expect(now.household?.text == "样例村9号" && now.telephone == "0662-00000001")
    let left = try await asked.history(known.bytes).claims.flatMap(\.fields).map(\.field)
    #expect(left.contains("telephone") && !left.contains("household"))
    // Taken back, it claims nothing any more.
    try await network[Self.asking].takeBack(id, .entered)
    try await network.until(id, is: .withdrawn, at: Self.asked)
    #expect(try await asked.history(known.bytes).claims.isEmpty)
    #expect(
      try await card(asked, of: known).1.household?.text == own.subject?.household?.text)
    // What was taken over falls with what it was taken over into.
    try await asked.takeBack(known, .entered)
    let cards = try await asked.node.ledger.read {
      try $0.records(of: Cases.number, includingWithdrawn: true)
    }
    #expect(!cards.isEmpty && cards.allSatisfy(\.isWithdrawn))
    let traces = try await asked.node.ledger.read { ledger in
      try ledger.traces().map(\.entry).filter { $0.action == "accept" }
    }
    #expect(traces.map(\.purpose) == ["household"])
    #expect(traces.map(\.item) == [id])
    try await network.stop()
  }

  @Test("A sibling township's draft opens nothing and changes nothing but itself")
  func draft() async throws {
    let network = try await TestNetwork.start()
    let county = network[Self.asking]
    let first = try await network.send(Cases.assistRequest())
    let sibling = TestNetwork.residenceTowns[1]
    try await county.node.ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: "town", role: "townshipOperator", division: sibling, verifier: Office.verifier,
          created: network.now(at: Self.asking)()))
    }
    var draft = Cases.assistRequest(number: 9, from: sibling)
    draft.subject?.telephone = "0755-00000009"
    draft.subject?.residence?.code = sibling
    var request = EnterRequest()
    request.item = draft
    _ = try await county.call(Items.enter, request, as: "town")
    let id = draft.id
    let fishing = await #expect(throws: CallFailure.self) {
      _ = try await county.history(id, as: "town")
    }
    #expect(fishing?.reason == "wrong-division")
    let (person, subject) = try await card(county, of: first)
    #expect(subject.telephone.isEmpty && subject.residence?.code != sibling)
    let claims = try await county.history(first.bytes).claims
    #expect(claims.map(\.draft) == [true])
    // Sent, it is still the sibling's word; who answers for both can take it over.
    try await county.sendAll()
    #expect(try await card(county, of: first).1 == subject)
    let version = try await accept(
      county, person, Cases.ledgerID(draft), [.telephone, .residence])
    #expect(version == 2)
    #expect(try await card(county, of: first).1.residence?.code == sibling)
    try await network.stop()
  }

  @Test("Drafts of one township are its own word; sending them makes no further versions")
  func ownDrafts() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residenceTowns[0]]
    var (first, second) = (Cases.notice(.birth, number: 1), Cases.notice(.birth, number: 2))
    first.subject?.telephone = "0755-00000001"
    second.subject?.telephone = "0755-00000002"
    for item in [first, second] {
      try await office.enter(item)
      try await network.until(Cases.ledgerID(item), is: .entered, at: Self.asking)
    }
    try await network[Self.asking].sendAll()
    for item in [first, second] {
      try await network.until(Cases.ledgerID(item), is: .submitted, at: office.division)
    }
    for division in [office.division, Self.asking] {
      let reply = try await network[division].history(first.id)
      let facts = reply.versions.filter { $0.category == nil }
      #expect(facts.map { $0.subject?.telephone } == ["0755-00000001", "0755-00000002"])
      #expect(reply.versions.count == 3 && reply.claims.isEmpty)
    }
    try await network.stop()
  }

  @Test("What the township that manages her sends is a version of the facts that it manages")
  func ownSide() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residenceTowns[0]]
    let first = try await network.send(Cases.assistRequest())
    try await network.until(first, is: .submitted, at: office.division)
    var second = Cases.notice(.inflow, number: 8)
    second.subject?.telephone = "0755-00000008"
    second.subject?.household?.text = "样例村8号"
    try await office.enter(second)
    #expect(try await card(office, of: first).1.telephone.isEmpty)
    try await network.until(Cases.ledgerID(second), is: .entered, at: Self.asking)
    try await network[Self.asking].sendAll()
    try await network.until(Cases.ledgerID(second), is: .submitted, at: office.division)
    #expect(try await card(office, of: first).1.telephone == "0755-00000008")
    try await network.stop()
  }
}
