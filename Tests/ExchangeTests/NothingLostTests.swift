import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import Testing
import Wire

@Suite("Cuts, restarts and repetitions lose nothing and repeat nothing", .timeLimit(.minutes(30)))
struct NothingLostTests {
  @Test("A township that is cut off goes on taking entries and catches up")
  func cutOff() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    network.cut(author.division)
    try await network[TestNetwork.residence].kill()
    for number in UInt64(1)...20 {
      try await author.enter(Cases.assistRequest(number: number))
    }
    try await network[TestNetwork.residence].start()
    let before = try await network[TestNetwork.residence].node.ledger.read {
      try $0.count(ItemQuery(.all))
    }
    #expect(before == 0)
    network.mend(author.division)
    try await network.until(TestNetwork.residence) { try $0.count(ItemQuery(.all)) == 20 }
    try await network.stop()
  }

  @Test("Each node in turn is killed while items are on their way: every one arrives, once")
  func killed() async throws {
    let network = try await TestNetwork.start()
    let count: UInt64 = 60
    let author = network[TestNetwork.residenceTowns[0]]
    let killed = [TestNetwork.residence, TestNetwork.province, TestNetwork.household]
    for number in 1...count {
      try await author.enter(Cases.assistRequest(number: number))
      if number % 20 == 10 {
        let office = network[killed[Int(number / 20)]]
        try await office.kill()
        try await office.start()
      }
      if number % 15 == 0 { try await network[TestNetwork.residence].sendAll() }
    }
    try await network.until(TestNetwork.residence) { try $0.count(ItemQuery(.all)) == Int(count) }
    try await network[TestNetwork.residence].sendAll()
    try await network.until(TestNetwork.household) {
      try $0.count(ItemQuery(.inbound, state: .delivered)) == Int(count)
    }
    try await network.until(TestNetwork.residence) {
      try $0.count(ItemQuery(.outbound, state: .delivered)) == Int(count)
    }
    for office in network.all {
      let (deliveries, quarantined) = try await office.node.ledger.read { ledger in
        (
          try (1...count).map { number in
            try ledger.events(of: Cases.ledgerID(Cases.assistRequest(number: number)))
              .count { $0.kind == .delivered }
          }, try ledger.quarantinedCount()
        )
      }
      #expect(deliveries.allSatisfy { $0 <= 1 })
      #expect(quarantined == 0)
    }
    try await network.stop()
  }

  @Test("A link that is full both ways goes on: receiving never waits for sending")
  func fullBothWays() async throws {
    let network = try await TestNetwork.start()
    let (author, county) = (
      network[TestNetwork.residenceTowns[0]], network[TestNetwork.residence]
    )
    // Some five windows of events each way: what is sent, and what comes back of it.
    let count = UInt64(1500)
    network.cut(TestNetwork.residence)
    try await network[TestNetwork.province].kill()
    let connection = try await author.signIn()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...count {
        if number > 64 { try await group.next() }
        group.addTask {
          var request = EnterRequest()
          request.item = Cases.assistRequest(number: number)
          _ = try await connection.call(Items.enter, request)
        }
      }
      try await group.waitForAll()
    }
    await connection.close()
    try await network.until(TestNetwork.residence) { try $0.count(ItemQuery(.all)) == Int(count) }
    try await county.sendAll()
    network.mend(TestNetwork.residence)
    try await network[TestNetwork.province].start()
    try await network.until(TestNetwork.residence) {
      try $0.count(ItemQuery(.outbound, state: .delivered)) == Int(count)
    }
    for office in network.all {
      let peers =
        [office.above].compactMap(\.self) + network.divisions(under: office.division).map(\.0)
      try await network.until(office.division) { ledger in
        try peers.allSatisfy { try ledger.outboxStanding(of: $0).waiting == 0 }
      }
      #expect(try await office.node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    let arrived = try await network[TestNetwork.household].node.ledger.read {
      try $0.count(ItemQuery(.inbound, state: .delivered))
    }
    #expect(arrived == Int(count))
    try await network.stop()
  }

  @Test("The same entry again is the same item; other content under its identity is refused")
  func repetition() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    let item = Cases.assistRequest()
    var request = EnterRequest()
    request.item = item
    #expect(try await author.call(Items.enter, request).repeatedEntry == false)
    #expect(try await author.call(Items.enter, request).repeatedEntry == true)
    request.item?.remark = "另一内容"
    let conflict = await #expect(throws: CallFailure.self) {
      _ = try await author.call(Items.enter, request)
    }
    #expect(conflict?.status == .alreadyExists)
    try await network.stop()
  }
}
