import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite("A node that was put back from a backup goes on", .aboutFiles, .timeLimit(.minutes(30)))
struct RestoringTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let province = TestNetwork.province
  private static let town = TestNetwork.householdTowns[0]

  /// Stops a node, puts a backup in its place and starts it.
  private func putBack(
    _ division: String, from backup: String, in network: TestNetwork
  ) async throws {
    try await network[division].kill()
    try await network.restore(division, from: backup)
    try await network[division].start()
  }

  /// Waits until a node waits for nobody.
  private func heard(_ divisions: String..., in network: TestNetwork) async throws {
    for division in divisions { try await network.until(division) { try $0.awaited().isEmpty } }
  }

  /// Every office of the item holds the same events, each once, and nothing is set aside anywhere.
  private func same(
    _ id: LedgerID, as state: ItemState, at offices: [String] = [asking, province, asked],
    in network: TestNetwork
  ) async throws {
    for office in offices { try await network.until(id, is: state, at: office) }
    var events: [StoredEvent] = []
    var sets: Set<Set<LedgerID>> = []
    var isCalm = false
    repeat {
      try await Task.sleep(for: .milliseconds(1))
      (sets, isCalm) = ([], true)
      for office in offices {
        let (held, setAside) = try await network[office].node.ledger.read {
          (try $0.events(of: id), try $0.quarantinedCount() + $0.objectionCount())
        }
        events = held
        sets.insert(Set(held.map(\.id)))
        isCalm = isCalm && setAside == 0
      }
    } while sets.count > 1 || !isCalm
    for kind in [EventKind.submitted, .delivered, .received, .answered] {
      #expect(events.count { $0.kind == kind } <= 1, "\(kind) came twice")
    }
  }

  @Test("Until the node above has told what was lost, operators read and cannot write")
  func waits() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let backup = try await network.backUp(Self.asked)
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asking)
    network.cut(Self.asked)
    try await putBack(Self.asked, from: backup, in: network)
    let outcome = try await network[Self.asked].receiveAll()
    #expect(outcome.map { $0.refusal?.reason } == ["catching-up"])
    #expect(try await network[Self.asked].follow(id).item != nil)
    #expect(try await network[Self.asked].node.ledger.read { try $0.item(id) }?.state == .delivered)
    network.mend(Self.asked)
    try await heard(Self.asked, in: network)
    try await same(id, as: .answered, in: network)
    let failure = await #expect(throws: CallFailure.self) {
      try await network[Self.asked].answer(id, .mismatch)
    }
    #expect(failure?.reason == "wrong-state")
    try await network.stop()
  }

  @Test("A restored asking county enters nothing anew before it has what it had entered")
  func entersNothing() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    let backup = try await network.backUp(Self.asking)
    let id = try await network.deliver(Cases.assistRequest(number: 2))
    network.cut(Self.asking)
    try await putBack(Self.asking, from: backup, in: network)
    var item = Cases.assistRequest(number: 2)
    item.enteredAt = Self.asking
    let failure = await #expect(throws: CallFailure.self) {
      try await network[Self.asking].enter(item)
    }
    #expect(failure?.reason == "catching-up")
    network.mend(Self.asking)
    try await heard(Self.asking, in: network)
    try await same(id, as: .delivered, in: network)
    try await network.stop()
  }

  @Test("A township that is awaited holds up its own items only; an administrator ends the waiting")
  func awaitedTownship() async throws {
    let network = try await TestNetwork.start()
    let ids = [
      try await network.deliver(Cases.assistRequest(number: 1)),
      try await network.deliver(Cases.assistRequest(number: 2)),
    ]
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(ids[0])
    try await network.until(ids[0], is: .assigned, at: Self.town)
    let backup = try await network.backUp(Self.asked)
    try await network[Self.town].kill()
    try await putBack(Self.asked, from: backup, in: network)
    let town = Self.town
    try await network.until(Self.asked) { try $0.awaited() == [town] }
    try await network[Self.asked].search(ids[1], .womenRegister, found: true)
    try await network[Self.asked].answer(ids[1], .found)
    try await same(ids[1], as: .answered, in: network)
    let failure = await #expect(throws: CallFailure.self) {
      try await network[Self.asked].search(ids[0], .womenRegister, found: true)
    }
    #expect(failure?.reason == "catching-up")
    #expect(failure?.text.contains(Self.town) == true)
    try await network[Self.asked].node.ledger.commit { try $0.awaitNobody() }
    try await network[Self.asked].search(ids[0], .womenRegister, found: true)
    try await network[Self.asked].answer(ids[0], .found)
    try await network[Self.town].start()
    try await same(ids[0], as: .answered, in: network)
    try await network.until(ids[0], is: .answered, at: Self.town)
    try await network.stop()
  }

  @Test("A township that is put back hears that an item was given to another since")
  func givenAway() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    let backup = try await network.backUp(Self.town)
    try await network[Self.town].search(id, .womenRegister, found: true)
    try await network.until(Self.asked) { try $0.events(of: id).contains { $0.kind == .searched } }
    let other = TestNetwork.householdTowns[1]
    try await network[Self.asked].assign(id, to: other)
    try await network.until(id, is: .assigned, at: other)
    try await network[other].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asked)
    try await putBack(Self.town, from: backup, in: network)
    try await heard(Self.town, in: network)
    let (item, kinds) = try await network[Self.town].node.ledger.read {
      (try $0.item(id), try $0.events(of: id).map(\.kind))
    }
    #expect(item?.assignedTo == other)
    // Its own work is back; what the other has done is not its own.
    #expect(kinds.contains(.searched))
    #expect(!kinds.contains(.answered))
    #expect(try await network[Self.town].todo().isEmpty)
    try await network.stop()
  }

  @Test("Two counties that are put back at once from old copies come to the same again")
  func twoCounties() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    let backups = (
      try await network.backUp(Self.asking), try await network.backUp(Self.asked)
    )
    let id = try await network.deliver(Cases.assistRequest(number: 2))
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network[Self.asked].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.asking)
    for (office, backup) in [(Self.asking, backups.0), (Self.asked, backups.1)] {
      try await network[office].kill()
      try await network.restore(office, from: backup)
    }
    try await network[Self.asking].start()
    try await network[Self.asked].start()
    try await heard(Self.asking, Self.asked, in: network)
    try await same(id, as: .answered, in: network)
    try await network[Self.asking].closeAll()
    try await same(id, as: .closed, in: network)
    try await network.stop()
  }

  @Test(
    "A province and a county that are put back at once have what the townships and the other hold")
  func provinceAndCounty() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    let backups = (
      try await network.backUp(Self.province), try await network.backUp(Self.asking)
    )
    let id = try await network.deliver(Cases.assistRequest(number: 2))
    try await network[Self.asked].receiveAll()
    try await network.until(id, is: .received, at: Self.asking)
    let author = Cases.assistRequest(number: 2).enteredAt
    try await network.until(id, is: .received, at: author)
    for (office, backup) in [(Self.province, backups.0), (Self.asking, backups.1)] {
      try await network[office].kill()
      try await network.restore(office, from: backup)
    }
    try await network[Self.province].start()
    try await network[Self.asking].start()
    try await heard(Self.province, Self.asking, in: network)
    try await same(
      id, as: .received, at: [Self.asking, Self.province, Self.asked, author], in: network)
    try await network.stop()
  }

  @Test("A copy that is weeks old: a month of work comes back, nothing of it twice")
  func weeksOld() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    let backup = try await network.backUp(Self.asked)
    var ids: [LedgerID] = []
    for (day, number) in zip(["18", "22", "25", "29", "30"], UInt64(2)...) {
      try network.clock.set("2009-06-\(day)")
      ids.append(try await network.deliver(Cases.assistRequest(number: number)))
      try await network[Self.asked].receiveAll()
    }
    try await network[Self.asked].search(ids[0], .womenRegister, found: true)
    try await network[Self.asked].answer(ids[0], .found)
    for id in ids.dropFirst() { try await network.until(id, is: .received, at: Self.asking) }
    try await network.until(ids[0], is: .answered, at: Self.asking)
    try network.clock.set("2009-07-15")
    try await putBack(Self.asked, from: backup, in: network)
    try await heard(Self.asked, in: network)
    try await same(ids[0], as: .answered, in: network)
    for id in ids.dropFirst() { try await same(id, as: .received, in: network) }
    #expect(
      try await network[Self.asked].node.ledger.read { try $0.count(ItemQuery(.inbound)) } == 6)
    try await network.stop()
  }

  @Test(
    "Fault 49: a plain copy is found out, ends its sessions and waits, as a restored backup does")
  func plainCopy() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest(number: 1))
    try await network[Self.asking].kill()
    let copy = try network.copyStore(of: Self.asking)
    try await network[Self.asking].start()
    let id = try await network.deliver(Cases.assistRequest(number: 2))
    try await network[Self.asking].kill()
    try network.replaceStore(of: Self.asking, by: copy)
    try await network[Self.asking].start()
    try await network.until(Self.asking) { try $0.putBack() != nil }
    try await heard(Self.asking, in: network)
    try await same(id, as: .delivered, in: network)
    try await network.stop()
  }
}
