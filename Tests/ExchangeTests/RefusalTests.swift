import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestTLS
import Testing
import Wire

@Suite("What is refused, with its field and reason", .timeLimit(.minutes(30)))
struct RefusalTests {
  /// A change to a good item, the field that is named, and the reason.
  static let entries: [(String, String, @Sendable (inout Item) -> Void)] = [
    ("item.from", "wrong-division", { $0.from = "441702" }),
    ("item.to", "same-county", { $0.to = "440306" }),
    ("item.to", "not-a-party", { $0.to = "441802" }),
    ("item.to", "not-a-county", { $0.to = "440000" }),
    ("item.enteredAt", "wrong-division", { $0.enteredAt = "440306022" }),
    ("item.subject.birthDate", "too-young", { $0.subject?.birthDate = 1994_06_18 }),
    ("item.subject.birthDate", "too-old", { $0.subject?.birthDate = 1959_06_17 }),
    ("item.subject.sex", "not-female", { $0.subject?.sex = .male }),
    ("item.subject.citizenId", "check-digit", { $0.subject?.citizenId = "440726198506153426" }),
    ("item.subject.citizenId", "missing", { $0.subject?.citizenId = "" }),
    (
      "item.subject.household.code", "not-to-village", { $0.subject?.household?.code = "441702102" }
    ),
  ]

  @Test("S1.1, S2.1, S6.7, S12.2: an entry that must not go out")
  func entries() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    for (field, reason, change) in Self.entries {
      var item = Cases.assistRequest()
      change(&item)
      let failure = await #expect(throws: CallFailure.self) { try await author.enter(item) }
      #expect(failure?.field == field, "\(reason): \(failure.map { "\($0)" } ?? "")")
      #expect(failure?.reason == reason)
    }
    #expect(try await author.node.ledger.read { try $0.count(ItemQuery(.all)) } == 0)
    try await network.stop()
  }

  @Test("Only who owes a step may take it, and only in its turn")
  func steps() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]

    let early = await #expect(throws: CallFailure.self) { try await asked.answer(id, .found) }
    #expect(early?.reason == "wrong-state")
    let other = await #expect(throws: CallFailure.self) {
      try await network[TestNetwork.residence].assign(id, to: TestNetwork.residenceTowns[0])
    }
    #expect(other?.status == .permissionDenied)
    try await asked.receiveAll()
    let elsewhere = await #expect(throws: CallFailure.self) {
      try await asked.assign(id, to: TestNetwork.residenceTowns[0])
    }
    #expect(elsewhere?.field == "to")
    let hidden = await #expect(throws: CallFailure.self) {
      try await network[TestNetwork.householdTowns[1]].search(id, .womenRegister, found: true)
    }
    #expect(hidden?.status == .notFound)
    try await network.stop()
  }

  @Test("S2.1: a township enters, the county sends")
  func townshipDoesNotSend() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    try await author.enter(Cases.assistRequest())
    let outcomes = try? await author.sendAll()
    #expect(outcomes?.allSatisfy { $0.refusal?.reason == "county-sends" } != false)
    try await network.stop()
  }

  @Test("G2: a whole record is read with a purpose, and the reading leaves a trace")
  func trace() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    var request = FollowRequest()
    request.id = id.bytes
    request.purpose = " "
    await #expect(throws: CallFailure.self) { _ = try await asked.call(Items.follow, request) }
    request.purpose = "核对户籍"
    let whole = try await asked.call(Items.follow, request)
    #expect(whole.item?.subject?.name == "王样例")
    #expect(whole.summary?.maskedName == "王**")
    let traces = try await asked.node.ledger.read { try $0.traces(ofItem: id) }
    #expect(traces.map(\.entry.purpose) == ["核对户籍"])
    #expect(traces.first?.entry.actor.account == "operator")
    try await network.stop()
  }

  @Test("A node signs in only with the certificate of its division")
  func certificateOfAnother() async throws {
    let network = try await TestNetwork.start()
    guard let endpoint = network[TestNetwork.province].endpoint else { return }
    let options = RPCConnection.Options(
      tls: try network.certificates.client(TestNetwork.household),
      expectedDivision: TestNetwork.province)
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await RPCConnection.connect(
        to: endpoint, signIn: SignIn(name: "node:440306", password: Office.password),
        options: options, group: Office.group)
    }
    #expect(failure?.reason == "authentication-failed")
    try await network.stop()
  }
}
