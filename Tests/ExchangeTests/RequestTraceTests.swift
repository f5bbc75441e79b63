import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite("A request can be followed through the logs of all nodes", .timeLimit(.minutes(30)))
struct RequestTraceTests {
  @Test("from the operator who sends, over the province that relays, to the county that is asked")
  func ofAnItem() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.assistRequest(pregnant: true)
    let id = Cases.ledgerID(item)
    let (town, asking) = (TestNetwork.residenceTowns[0], TestNetwork.residence)
    let (asked, province) = (TestNetwork.household, TestNetwork.province)
    let (entering, sending) = (TraceContext.begin(), TraceContext.begin())
    // What is told to a store that is new to a neighbour bears no trace: let them know each other.
    for (node, neighbour) in [(asking, town), (province, asking), (province, asked)] {
      try await network.until(node) { try $0.catchUp(of: neighbour) == nil }
    }
    try await TraceContext.$current.withValue(entering) {
      try await network[town].enter(item)
    }
    try await network.until(id, is: .entered, at: asking)
    _ = try await TraceContext.$current.withValue(sending) {
      try await network[asking].sendAll()
    }
    // What follows from it at the other side comes back too: that it was delivered.
    try await network.until(id, is: .delivered, at: town)
    try await network.untilLogged(
      sending,
      [
        "\(asking) an event is kept", "\(asking) an event is sent",
        "\(province) an event has come", "\(province) an event is sent",
        "\(asked) an event has come", "\(asked) an event is sent",
        "\(asking) an event has come", "\(town) an event has come",
      ])
    try await network.untilLogged(
      entering,
      [
        "\(town) an event is kept", "\(town) an event is sent", "\(asking) an event has come",
      ])
    // A draft is nobody else's: the province hears of it with the county's sending.
    #expect(!network.lines.lines(of: entering.identity).contains { $0.hasPrefix(province) })
    try await network.stop()
  }

  @Test("what an operator is refused, one item of several too, is found by it")
  func ofARefusal() async throws {
    let network = try await TestNetwork.start()
    let asking = network[TestNetwork.residence]
    let trace = TraceContext.begin()
    var request = ItemsRequest()
    request.ids = [[UInt8](repeating: 7, count: 16)]
    let named = request
    let reply = try await TraceContext.$current.withValue(trace) {
      try await asking.call(Items.send, named)
    }
    #expect(reply.outcomes.first?.refusal?.reason == "unknown-item")
    #expect(network.lines.lines(of: trace.identity) == ["\(TestNetwork.residence) refused"])
    try await network.stop()
  }

  @Test("a neighbour that takes none is sent none, and one that is none is passed over")
  func olderNeighbours() async throws {
    let network = try await TestNetwork.start()
    let (asked, province) = (network[TestNetwork.household], network[TestNetwork.province])
    // They know each other's stores: what waits has its trace, and is not told anew.
    let own = try await asked.node.ledger.read { try $0.outboxIdentity() }
    let above = try await province.node.ledger.read { try $0.outboxIdentity() }
    try await network.until(TestNetwork.province) { ledger in
      try ledger.catchUp(of: TestNetwork.household) == nil
    }
    try await asked.kill()
    let id = Cases.ledgerID(Cases.assistRequest())
    let trace = TraceContext.begin()
    try await TraceContext.$current.withValue(trace) {
      try await network[TestNetwork.residence].enter(Cases.assistRequest())
      try await network[TestNetwork.residence].sendAll()
    }
    try await network.until(id, is: .relayed, at: TestNetwork.residence)
    for features in [["letters", "log"], ["trace"]] {
      let link = try await ForgedLink.open(
        network, as: TestNetwork.household, at: TestNetwork.province, store: own, inboxOf: above
      ) { hello in
        hello.version = 1
        hello.features = features
      }
      var traces: [[UInt8]] = []
      while case let frame? = try await link.replies.next()?.frame {
        if case .event(let event) = frame { traces.append(event.trace) }
        if case .told = frame { break }
      }
      await link.cut()
      let identities = traces.map { TraceContext(bytes: $0)?.identity }
      #expect(!identities.isEmpty)
      #expect(
        identities.allSatisfy { $0 == (features == ["trace"] ? trace.identity : nil) })
    }
    try await network.stop()
  }
}

extension TestNetwork {
  /// Waits until the nodes have logged these lines of a trace; the suite's limit ends what never comes.
  fileprivate func untilLogged(_ trace: TraceContext, _ expected: Set<String>) async throws {
    while !expected.isSubset(of: lines.lines(of: trace.identity)) {
      try await Task.sleep(for: .milliseconds(1))
    }
  }
}
