import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite("The register of both sides, with every version (S7, S12)", .timeLimit(.minutes(30)))
struct RegisterTests {
  @Test("S3, S7: all eleven records go from entry to the other side's register, once")
  func elevenCategories() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    let items = Category.allCases
      .map { Cases.notice($0, number: UInt64($0.rawValue)) }
    for item in items { try await author.enter(item) }
    for item in items {
      try await network.until(Cases.ledgerID(item), is: .entered, at: TestNetwork.residence)
    }
    try await network[TestNetwork.residence].sendAll()
    for item in items {
      try await network.until(Cases.ledgerID(item), is: .delivered, at: TestNetwork.household)
    }
    let asked = network[TestNetwork.household]
    #expect(try await asked.node.ledger.read { try $0.persons().count } == 0)
    try await asked.receiveAll()
    for division in [author.division, TestNetwork.residence, TestNetwork.household] {
      let records = try await network[division].node.ledger.read {
        try $0.records(of: Cases.number)
      }
      #expect(records.map(\.category) == Array(0...11), "\(division)")
      #expect(records.allSatisfy { $0.version == 1 && $0.actor.division == author.division })
    }
    let province = try await network[TestNetwork.province].node.ledger.read { try $0.persons() }
    #expect(province.isEmpty)
    try await network.stop()
  }

  @Test("S12.1: a changed record is the next version, another birth a record of its own")
  func versions() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    var (first, changed) = (Cases.notice(.birth, number: 1), Cases.notice(.birth, number: 2))
    changed.set(.code("2"), of: "childSex")
    var other = Cases.notice(.birth, number: 3)
    other.set(.date(2007_02_03), of: "birthDate")
    first.subject?.telephone = "0755-00000001"
    for item in [first, changed, other, first] { try await author.enter(item) }
    let history = try await author.history(first.id)
    let births = history.versions.filter { $0.category == .birth }
    #expect(births.map(\.version) == [1, 2, 1])
    #expect(births.map(\.sourceItem) == [first.id, changed.id, other.id])
    #expect(births.allSatisfy { $0.actor?.account == "operator" && $0.at > 0 })
    let facts = history.versions.filter { $0.category == nil }
    #expect(facts.map { $0.subject?.telephone } == ["0755-00000001", ""])
    #expect(history.person?.maskedName == "王**")
    #expect(history.person?.recordCount == 2)
    try await network.stop()
  }

  @Test("S12.1: received in another order than written, the newest statement stands")
  func order() async throws {
    let network = try await TestNetwork.start()
    let asked = network[TestNetwork.household]
    var (older, newer) = (Cases.notice(.inflow, number: 1), Cases.notice(.inflow, number: 2))
    older.subject?.telephone = "0755-00000001"
    newer.subject?.telephone = "0755-00000002"
    _ = try await network.deliver(older)
    try network.clock.set("2009-06-18")
    _ = try await network.deliver(newer)
    for item in [newer, older] {
      var request = ItemsRequest()
      request.ids = [item.id]
      _ = try await asked.call(Items.receive, request)
    }
    let facts = try await asked.history(newer.id).versions.filter { $0.category == nil }
    #expect(
      facts.map { $0.subject?.telephone } == ["0755-00000002", "0755-00000001", "0755-00000002"])
    try await network.stop()
  }

  @Test("G2: a history leaves its trace with the purpose, and is refused without one")
  func traced() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    let item = Cases.notice(.inflow, number: 1)
    try await author.enter(item)
    let blank = await #expect(throws: CallFailure.self) {
      _ = try await author.history(item.id, purpose: " ")
    }
    #expect(blank?.field == "purpose")
    let person = try await author.history(item.id, purpose: "核对").person
    _ = try await author.history(person?.id ?? [], purpose: "再次核对")
    _ = try await author.follow(Cases.ledgerID(item))
    // Every way of reading is in the list that she can be given.
    let traces = try await author.node.ledger.read { try $0.traces(ofSubject: Cases.number) }
    #expect(traces.map(\.entry.purpose) == ["核对", "再次核对", "核对"])
    #expect(traces.map(\.entry.action) == ["record", "record", "follow"])
    #expect(traces.first?.entry.item == Cases.ledgerID(item))
    let hidden = await #expect(throws: CallFailure.self) {
      _ = try await network[TestNetwork.residenceTowns[1]].history(item.id)
    }
    #expect(hidden?.status == .notFound)
    try await network.stop()
  }

  @Test("S7.1: the record that an answer sends back is registered on both sides")
  func matchedRecord() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()
    var basic = BasicRecord()
    basic.maritalStatus = "99"
    let wrong = await #expect(throws: CallFailure.self) {
      try await asked.answer(id, .found, record: basic.record)
    }
    #expect(wrong?.field == "answer.record.maritalStatus")
    basic.maritalStatus = "21"
    try await asked.answer(id, .found, record: basic.record)
    try await network.until(id, is: .answered, at: TestNetwork.residenceTowns[0])
    for division in [TestNetwork.household, TestNetwork.residence, TestNetwork.residenceTowns[0]] {
      let kept = try await network[division].node.ledger.read {
        try $0.records(of: Cases.number, category: 1)
      }
      #expect(kept.map(\.actor.division) == [TestNetwork.household], "\(division)")
      #expect(kept.map(\.body) == [basic.record.encoded()])
    }
    try await network.stop()
  }

  @Test("S7.1: a case that the place of residence opened awaits the household place")
  func confirmation() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.notice(.inflow, number: 1)
    let id = try await network.deliver(item)
    let (asking, asked) = (network[TestNetwork.residence], network[TestNetwork.household])
    try await asked.receiveAll()
    #expect(try await asked.history(item.id).person?.confirmation == "awaited")
    #expect(try await asking.history(item.id).person?.confirmation == "notNeeded")
    let noReason = await #expect(throws: CallFailure.self) { try await asked.confirm(id, false) }
    #expect(noReason?.field == "note")
    try await asked.confirm(id, false, note: "村中无此人")
    try await asked.confirm(id, true)
    let again = await #expect(throws: CallFailure.self) { try await asked.confirm(id, true) }
    let traces = try await asked.node.ledger.read { ledger in
      try ledger.traces().map(\.entry).filter { $0.action == "confirm" }.map(\.purpose)
    }
    #expect(traces == ["refused", "confirmed"])
    #expect(again?.reason == "not-awaited")
    let silent = await #expect(throws: CallFailure.self) {
      try await asked.takeBackConfirmation(of: id, note: "")
    }
    #expect(silent?.field == "note")
    try await asked.takeBackConfirmation(of: id, note: "认错了人")
    let twice = await #expect(throws: CallFailure.self) {
      try await asked.takeBackConfirmation(of: id, note: "认错了人")
    }
    #expect(twice?.reason == "nothing-to-take-back")
    try await asked.confirm(id, true)
    let other = await #expect(throws: CallFailure.self) { try await asking.confirm(id, true) }
    #expect(other?.reason == "not-household")
    let steps = try await asked.history(item.id).confirmations
    #expect(steps.map(\.state) == ["awaited", "refused", "confirmed", "awaited", "confirmed"])
    #expect(
      steps.map { $0.actor?.division }
        == [item.enteredAt] + Array(repeating: asked.division, count: 4))
    try await network.stop()
  }

  @Test("S7.1: the household place's answer decides a case that waits")
  func answered() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()
    try await asked.answer(id, .found)
    #expect(try await asked.history(id.bytes).person?.confirmation == "confirmed")
    // She is registered now: the next item opens no case.
    let next = try await network.deliver(Cases.notice(.birth, number: 2))
    try await asked.receiveAll()
    #expect(try await asked.history(next.bytes).confirmations.count == 2)
    try await network.stop()
  }
}
