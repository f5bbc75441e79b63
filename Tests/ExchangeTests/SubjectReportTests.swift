import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("A person can be given all that is held of her, and who has looked (PIPL 45, G2)")
struct SubjectReportTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)

  private func request(_ number: String, purpose: String = "本人申请") -> SubjectReportRequest {
    var request = SubjectReportRequest()
    (request.citizenId, request.purpose) = (number, purpose)
    return request
  }

  @Test("Items with their events, records, confirmations and readings, under every spelling")
  func report() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[Self.asked]
    try await asked.receiveAll()
    _ = try await asked.follow(id)
    let typed = "４４０７２６ " + Cases.number.dropFirst(6)
    let parts = try await asked.stream(Subjects.report, request(typed))
    var kinds: [String: Int] = [:]
    var readings: [SubjectReading] = []
    for part in parts {
      switch part.part {
      case .item(let item):
        kinds["item", default: 0] += 1
        #expect(item.item?.subject?.name == "王样例")
        #expect(item.events.count == 5)
      case .version(let version):
        kinds["version", default: 0] += 1
        #expect(version.subject?.citizenId == Cases.number)
      case .confirmation: kinds["confirmation", default: 0] += 1
      case .reading(let reading): readings.append(reading)
      case nil: Issue.record("a part without anything")
      }
    }
    #expect(kinds == ["item": 1, "version": 1, "confirmation": 1])
    // Making the report is a reading too, and stands in it.
    #expect(readings.map(\.action) == ["follow", "subject-report"])
    #expect(readings.map(\.actor?.account) == ["operator", "operator"])
    #expect(readings.last?.purpose == "本人申请")
    try await network.stop()
  }

  @Test("Of somebody unknown there is nothing but the question; without a purpose it is refused")
  func nobody() async throws {
    let network = try await TestNetwork.start()
    let asking = network[Self.asking]
    let parts = try await asking.stream(Subjects.report, request("110101199003070046"))
    #expect(parts.count == 1)
    for (number, purpose) in [(Cases.number, "."), ("none", "本人申请")] {
      let failure = await #expect(throws: CallFailure.self) {
        try await asking.stream(Subjects.report, request(number, purpose: purpose))
      }
      #expect(failure?.reason == "missing-field")
    }
    try await network.stop()
  }
}
