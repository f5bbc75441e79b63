import Exchange
import ExchangeProtos
import Ledger
import NIOPosix
import RPC
import Testing
import Wire

@Suite("What a registered node may not tell of others' items", .timeLimit(.minutes(1)))
struct ForgedEventTests {
  /// A node of the network that says on its link whatever a test wants.
  struct ForgedLink {
    let requests: MessageWriter<LinkFrame>
    let replies: MessageStream<LinkFrame>
    var sequence: UInt64 = 0

    static func open(
      _ network: TestNetwork, as division: String, at above: String
    ) async throws -> ForgedLink {
      let endpoint = try #require(network[above].endpoint)
      let connection = try await RPCConnection.connect(
        to: endpoint, signIn: SignIn(name: "node:\(division)", password: Office.password),
        options: RPCConnection.Options(
          tls: try network.context(of: division, server: false), expectedDivision: above),
        group: Office.group)
      let (requests, replies) = await connection.exchange(Link.exchange)
      var hello = LinkHello()
      hello.division = division
      hello.outbox = "forged"
      var frame = LinkFrame()
      frame.frame = .hello(hello)
      try await requests.write(frame)
      return ForgedLink(requests: requests, replies: replies)
    }

    mutating func tell(_ bytes: [UInt8]) async throws {
      sequence += 1
      var event = LinkEvent()
      event.sequence = sequence
      event.event = bytes
      var frame = LinkFrame()
      frame.frame = .event(event)
      try await requests.write(frame)
    }
  }

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
      ("blank", Self.event(.answered, of: id.bytes, by: by, at: now, Self.emptyAnswer)),
      ("wrong-division", Self.event(.closed, of: id.bytes, by: by, at: now)),
      ("wrong-division", Self.event(.received, of: id.bytes, by: "440306", at: now)),
      ("time-out-of-range", Self.event(.received, of: id.bytes, by: by, at: now + 1 << 40)),
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
    let state = try await network[TestNetwork.province].node.ledger.read { try $0.item(id)?.state }
    #expect(state == .received)
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
    // Field 99, two bytes: no field of this version.
    let newer = item.encoded() + [0x9a, 0x06, 0x02, 0x68, 0x69]
    let length = [UInt8(newer.count & 0x7f) | 0x80, UInt8(newer.count >> 7)]
    let event = Self.event(.entered, of: item.id, by: town, at: network.clock.now())
    try await link.tell(event + [10 << 3 | 2] + length + newer)
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
}
