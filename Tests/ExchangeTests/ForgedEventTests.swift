import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite("What a registered node may not tell of others' items", .timeLimit(.minutes(30)))
struct ForgedEventTests {
  static func event(
    _ kind: EventKind, of item: [UInt8], by division: String, at time: Int64,
    _ detail: ItemEvent.Detail? = nil
  ) -> [UInt8] {
    var event = ItemEvent()
    event.id = LedgerID(version7At: time).bytes
    event.itemId = item
    event.kind = kind
    event.at = time
    var actor = Actor()
    actor.account = "forger"
    actor.role = "countyOperator"
    actor.division = division
    event.actor = actor
    event.detail = detail
    return event.encoded()
  }

  static let refusal: ItemEvent.Detail = {
    var refusal = Refusal()
    refusal.reason = "forged"
    return .refused(refusal)
  }()

  static let emptyAnswer: ItemEvent.Detail = {
    var answer = Answer()
    answer.finding = .notFound
    return .answered(answer)
  }()

  @Test("S6.3, S6.4: refusing, answering without search, a third county, garbage: set aside, each")
  func forged() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[TestNetwork.household].receiveAll()
    try await network.until(id, is: .received, at: TestNetwork.province)
    let now = network.clock.now()
    try await network[TestNetwork.household].kill()

    var asked = try await ForgedLink.open(
      network, as: TestNetwork.household, at: TestNetwork.province)
    let by = TestNetwork.household
    let forgeries: [(String, [UInt8])] = [
      ("wrong-division", Self.event(.refused, of: id.bytes, by: by, at: now, Self.refusal)),
      ("wrong-division", Self.event(.closed, of: id.bytes, by: by, at: now)),
      ("wrong-division", Self.event(.received, of: id.bytes, by: "440306", at: now)),
      ("time-out-of-range", Self.event(.received, of: id.bytes, by: by, at: 0)),
      ("detail-missing", Self.event(.answered, of: id.bytes, by: by, at: now)),
      ("malformed-message", [0xff, 0xff, 0xff]),
    ]
    for (_, bytes) in forgeries { try await asked.tell(bytes) }
    try await network.until(TestNetwork.province) {
      try $0.quarantinedCount() == forgeries.count
    }
    let reasons = try await network[TestNetwork.province].node.ledger.read {
      try $0.quarantined(limit: 100).map(\.reason)
    }
    #expect(reasons.sorted() == forgeries.map(\.0).sorted())
    // What comes its way and breaks a rule is kept, here and at the other side, without effect.
    try await asked.tell(Self.event(.answered, of: id.bytes, by: by, at: now, Self.emptyAnswer))
    for office in [TestNetwork.province, TestNetwork.residence] {
      try await network.until(office) { try $0.events(of: id).last?.kind == .answered }
      let item = try await network[office].node.ledger.read { try $0.item(id) }
      #expect(item?.state == .received)
    }
    let remarks = try await network[TestNetwork.residence].follow(id).remarks
    #expect(remarks.map(\.counts) == [false])
    try await network.stop()
  }

  @Test("S2.1: an entry that goes nowhere, or from elsewhere, is not stored")
  func forgedEntries() async throws {
    let network = try await TestNetwork.start()
    let town = TestNetwork.residenceTowns[0]
    try await network[town].kill()
    var link = try await ForgedLink.open(network, as: town, at: TestNetwork.residence)
    var nowhere = Cases.assistRequest(number: 1)
    nowhere.to = "999999"
    var sibling = Cases.assistRequest(number: 2)
    sibling.enteredAt = TestNetwork.residenceTowns[1]
    var child = Cases.assistRequest(number: 3)
    child.subject?.birthDate = 2005_01_01
    for item in [nowhere, sibling, child] {
      try await link.tell(
        Self.event(
          .entered, of: item.id, by: town, at: network.clock.now(), .entered(item)))
    }
    try await network.until(TestNetwork.residence) { try $0.quarantinedCount() == 3 }
    let stored = try await network[TestNetwork.residence].node.ledger.read {
      try $0.count(ItemQuery(.all))
    }
    #expect(stored == 0)
    try await network.stop()
  }

  @Test("What a newer node wrote into an item is kept and passed on as it came")
  func newerFields() async throws {
    let network = try await TestNetwork.start()
    let town = TestNetwork.residenceTowns[0]
    try await network[town].kill()
    var link = try await ForgedLink.open(network, as: town, at: TestNetwork.residence)
    let item = Cases.assistRequest()
    // Field 99: no field of this version.
    let newer = item.encoded() + Self.field(99, [0x68, 0x69])
    let event = Self.event(.entered, of: item.id, by: town, at: network.clock.now())
    try await link.tell(event + Self.field(10, newer))
    let id = Cases.ledgerID(item)
    try await network.until(id, is: .entered, at: TestNetwork.residence)
    try await network[TestNetwork.residence].sendAll()
    try await network.until(id, is: .delivered, at: TestNetwork.household)
    let arrived = try await network[TestNetwork.household].node.ledger.read {
      try $0.body(of: id, .entered)
    }
    #expect(arrived == newer)
    try await network.stop()
  }

  @Test("An event that would not fit into the next node's frame is set aside, and the link goes on")
  func tooLong() async throws {
    let network = try await TestNetwork.start()
    let town = TestNetwork.residenceTowns[0]
    try await network[town].kill()
    var link = try await ForgedLink.open(network, as: town, at: TestNetwork.residence)
    let (padded, item) = (Cases.assistRequest(number: 1), Cases.assistRequest(number: 2))
    let now = network.clock.now()
    let room = WireLimits.standard.frameBytes
    let short = Self.entry(padded, by: town, at: now, padding: room / 2)
    let rest = room - ForgedLink.frame(1, short).encoded().count
    let longest = Self.entry(padded, by: town, at: now, padding: room / 2 + rest)
    #expect(ForgedLink.frame(1, longest).encoded().count == room)
    try await link.tell(longest, isSealed: false)
    try await link.tell(Self.event(.entered, of: item.id, by: town, at: now, .entered(item)))
    let id = Cases.ledgerID(item)
    try await network.until(id, is: .entered, at: TestNetwork.residence)
    let found = try await network[TestNetwork.residence].node.ledger.read {
      try $0.quarantined(limit: 100).map { [$0.reason, $0.field] }
    }
    try #require(found == [["event-too-long", "event.detail"]])
    try await network[TestNetwork.residence].sendAll()
    try await network.until(id, is: .delivered, at: TestNetwork.household)
    try await network.stop()
  }

  @Test("The longest detail fits into a frame, whatever a node puts around it")
  func longest() {
    var event = ItemEvent()
    event.id = [UInt8](repeating: 0xff, count: 16)
    event.itemId = event.id
    event.kind = .refused
    event.at = -1
    var actor = Actor()
    actor.account = String(repeating: "a", count: 64)
    actor.role = String(repeating: "r", count: 32)
    actor.division = String(repeating: "1", count: 12)
    event.actor = actor
    event.note = String(repeating: "n", count: 400)
    event.follows = [[UInt8]](repeating: [UInt8](repeating: 0xff, count: 32), count: 16)
    event.seal = [UInt8](repeating: 0xff, count: 1024)
    let detail = Self.field(15, [UInt8](repeating: 0, count: LedgerLimits.bodyBytes))
    let frame = ForgedLink.frame(.max, event.encoded() + detail)
    #expect(frame.encoded().count <= WireLimits.standard.frameBytes)
  }

  /// The entry of an item, with a field that this version does not know.
  static func entry(
    _ item: Item, by division: String, at time: Int64, padding: Int
  ) -> [UInt8] {
    let body = item.encoded() + field(99, [UInt8](repeating: 0x20, count: padding))
    return event(.entered, of: item.id, by: division, at: time) + field(10, body)
  }

  /// A field of bytes, as protobuf writes it.
  static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    func varint(_ value: Int) -> [UInt8] {
      value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
    }
    return varint(number << 3 | 2) + varint(bytes.count) + bytes
  }
}
