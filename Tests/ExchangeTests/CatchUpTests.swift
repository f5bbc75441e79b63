import Exchange
import ExchangeProtos
import ExchangeRules
import Foundation
import Ledger
import RPC
import Testing
import Wire

@Suite("A neighbour's new store is told everything, once", .timeLimit(.minutes(30)))
struct CatchUpTests {
  private let town = TestNetwork.residenceTowns[0]
  private let county = TestNetwork.residence

  /// A network whose first township has entered items, all of them on the county's disk.
  private func network(entered count: UInt64) async throws -> TestNetwork {
    let network = try await TestNetwork.start()
    let connection = try await network[town].signIn()
    for number in 1...count {
      var request = EnterRequest()
      request.item = Cases.assistRequest(number: number)
      _ = try await connection.call(Items.enter, request)
    }
    await connection.close()
    try await network.until(county) { try $0.count(ItemQuery(.all)) == Int(count) }
    return network
  }

  private func standing(_ network: TestNetwork) async throws -> OutboxStanding {
    let town = town
    return try await network[county].node.ledger.read { try $0.outboxStanding(of: town) }
  }

  @Test("A link that is cut again and again before anything is taken doubles nothing")
  func cutAgain() async throws {
    let network = try await network(entered: 5)
    try await network[town].kill()
    var ends: Set<UInt64> = []
    for _ in 0..<5 {
      let link = try await ForgedLink.open(network, as: town, at: county)
      try await link.take(events: 5)
      await link.cut()
      ends.insert(try await standing(network).last)
    }
    #expect(ends.count == 1)
    // The clock stands: one line, however often it comes.
    #expect(network.lines.count(of: "link open", peer: town) == 1)
    try await network.stop()
  }

  @Test("A node that names another store each time makes its outbox grow to a bound, no further")
  func manyStores() async throws {
    let items = 150
    let network = try await network(entered: UInt64(items))
    try await network[town].kill()
    for number in 0..<9 {
      let link = try await ForgedLink.open(
        network, as: town, at: county, store: "store \(number)", inboxOf: "another")
      try await link.take(events: items)
      await link.cut()
    }
    #expect(try await standing(network).waiting <= UInt64(1024 + items))
    try await network.stop()
  }

  @Test("A county that goes on from a backup is told what came after it", .aboutFiles)
  func restoredBackup() async throws {
    let network = try await network(entered: 1)
    let backup = try await network.backUp(county)
    try await network[town].enter(Cases.assistRequest(number: 2))
    try await network.until(county) { try $0.count(ItemQuery(.all)) == 2 }
    let above = county
    try await network.until(town) { try $0.outboxStanding(of: above).waiting == 0 }
    try await network[county].kill()
    try await network.restore(county, from: backup)
    try await network[county].start()
    try await network.until(county) { try $0.count(ItemQuery(.all)) == 2 }
    for number in UInt64(1)...2 {
      let id = Cases.ledgerID(Cases.assistRequest(number: number))
      let kinds = try await network[county].node.ledger.read { try $0.events(of: id).map(\.kind) }
      #expect(kinds == [.entered])
    }
    try await network.stop()
  }

  @Test("What a neighbour says it has counts as acknowledged; more than was sent ends the link")
  func resumed() async throws {
    let network = try await network(entered: 3)
    let name = town
    try await network.until(county) { try $0.outboxStanding(of: name).waiting == 0 }
    try await network[town].kill()
    try await network[county].sendAll()
    let own = try await network[county].node.ledger.read { try $0.outboxIdentity() }
    let last = try await standing(network).last
    #expect(try await standing(network).waiting >= 3)
    let link = try await ForgedLink.open(
      network, as: town, at: county, inboxOf: own, resumeAfter: 1 << 40)
    let refused = await #expect(throws: CallFailure.self) { try await link.take(events: 1) }
    #expect(refused?.reason == "sequence")
    await link.cut()
    let honest = try await ForgedLink.open(
      network, as: town, at: county, inboxOf: own, resumeAfter: last)
    try await network.until(county) { try $0.outboxStanding(of: name).acknowledged >= last }
    await honest.cut()
    try await network.stop()
  }

  @Test(
    "What happens while a new store is caught up comes behind what happened before", .aboutFiles)
  func meanwhile() async throws {
    let network = try await network(entered: 80)
    try await network[county].sendAll()
    try await network.until(TestNetwork.household) {
      try $0.count(ItemQuery(.inbound, state: .delivered)) == 80
    }
    try await network[TestNetwork.household].kill()
    try await network[town].kill()
    try network.replaceStore(of: town, by: nil)
    // The answers' first steps come while the township is told of the entries.
    try await network[TestNetwork.household].start()
    try await network[town].start()
    try await network[TestNetwork.household].receiveAll()
    try await network.until(town) {
      try $0.count(ItemQuery(.outbound, state: .received)) == 80
    }
    #expect(try await network[town].node.ledger.read { try $0.quarantinedCount() } == 0)
    try await network.stop()
  }
}

extension ForgedLink {
  /// Reads until so many events have come; acknowledges none.
  fileprivate func take(events count: Int) async throws {
    var left = count
    while left > 0, let frame = try await replies.next()?.frame {
      if case .event = frame { left -= 1 }
    }
  }
}
