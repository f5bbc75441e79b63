import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import ReferenceData
import TestSupport
import Testing

@Suite(
  "What a ledger shows follows from the events that it holds", .timeLimit(.minutes(30)))
struct LedgerAuditTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let town = TestNetwork.householdTowns[0]

  private func difference(
    at division: String, in network: TestNetwork
  ) async throws -> LedgerAudit.Difference? {
    let node = try network[division].node
    let audit = LedgerAudit(identity: node.identity, calendar: .national, register: .national)
    return try await node.ledger.read { try audit.difference(in: $0) }
  }

  /// An item that is answered and closed, one that waits, and one that was withdrawn.
  private func lives(in network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id, to: Self.town)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asking)
    try await network[Self.asking].closeAll()
    let waiting = try await network.deliver(Cases.notice(.inflow, number: 7))
    let withdrawn = try await network.deliver(Cases.notice(.inflow, number: 8))
    try await network[Self.asked].receiveAll()
    try await network.until(waiting, is: .received, at: Self.asking)
    try await network.until(withdrawn, is: .received, at: Self.asking)
    try await network[Self.asking].takeBack(withdrawn, .entered)
    for office in [Self.asked, TestNetwork.province] {
      try await network.until(id, is: .closed, at: office)
      try await network.until(withdrawn, is: .withdrawn, at: office)
    }
    try await network.until(id, is: .closed, at: Self.town)
    return id
  }

  @Test("After whole lives every node's items and register follow from their events")
  func follows() async throws {
    let network = try await TestNetwork.start()
    _ = try await lives(in: network)
    for office in network.all {
      let found = try await difference(at: office.division, in: network)
      #expect(found == nil, "\(office.division): \(String(describing: found))")
    }
    try await network.stop()
  }

  @Test("A column that was changed is named, and so is a field of the register")
  func changed() async throws {
    let network = try await TestNetwork.start()
    let id = try await lives(in: network)
    let ledger = try network[Self.asked].node.ledger
    let item = try #require(try await ledger.read { try $0.item(id) })
    var forged = item
    (forged.finding, forged.substantiated) = (.notFound, true)
    let wrong = forged
    try await ledger.commit { try $0.rewrite(wrong) }
    let columns = item.substantiated ? ["finding"] : ["finding", "substantiated"]
    #expect(try await difference(at: Self.asked, in: network) == .item(id, columns: columns))
    try await ledger.commit { try $0.rewrite(item) }
    #expect(try await difference(at: Self.asked, in: network) == nil)

    let version = try await ledger.read { try $0.versions().first { $0.version.category == 0 } }
    var card = try #require(version?.version)
    var facts = try Subject(decoding: card.body)
    facts.telephone = "0662-00000099"
    card.body = facts.encoded()
    let made = card
    try await ledger.commit { _ = try $0.keep(made) }
    let found = try await difference(at: Self.asked, in: network)
    guard case .version(let record, _, let field)? = found else {
      Issue.record("nothing was found")
      return
    }
    #expect(record == card.record)
    #expect(field == "telephone")
    try await network.stop()
  }
}
