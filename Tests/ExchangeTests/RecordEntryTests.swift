import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import Testing
import Wire

@Suite("The typed record at the border of entry (S3, S12.2)", .timeLimit(.minutes(30)))
struct RecordEntryTests {
  /// A change to a good notice of a category, the field that is named, and the reason.
  static let refusals: [(Category, String, String, @Sendable (inout Item) -> Void)] =
    [
      (.inflow, "item.record.inflowDate", "missing", { $0.record = nil }),
      (.birth, "item.record.birthDate", "missing", { $0.record = nil }),
      (.maintenanceFee, "item.record.decisionNumber", "missing", { $0.record = nil }),
      (.birth, "item.record", "other-category", { $0.record = Cases.record(of: .surgery) }),
      (.birth, "item.record.childSex", "unknown-code", { $0.set(.code("7"), of: "childSex") }),
      (
        .birth, "item.record.birthDate", "in-the-future",
        { $0.set(.date(2009_07_01), of: "birthDate") }
      ),
      (
        .outflow, "item.record.returnDate", "before-other",
        { $0.set(.date(2009_05_31), of: "returnDate") }
      ),
      (
        .maintenanceFee, "item.record.amountPaid", "above-due",
        {
          $0.set(.money(100), of: "amountDue")
          $0.set(.money(101), of: "amountPaid")
        }
      ),
      (.surgery, "item.record.placeCode", "not-a-code", { $0.set(.text("4403"), of: "placeCode") }),
    ]

  @Test("a record is of its item's category, complete and without contradiction")
  func refused() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    for (number, (category, field, reason, change)) in Self.refusals.enumerated() {
      var item = Cases.notice(category, number: UInt64(number))
      change(&item)
      let failure = await #expect(throws: CallFailure.self) { try await author.enter(item) }
      #expect(failure?.field == field, "\(reason): \(failure.map { "\($0)" } ?? "")")
      #expect(failure?.reason == reason)
      #expect(failure?.text.firstMatch(of: /S3|S12\.2/) != nil)
    }
    #expect(try await author.node.ledger.read { try $0.count(ItemQuery(.all)) } == 0)
    try await network.stop()
  }

  @Test("each of the eleven categories is taken with its least record; a question needs none")
  func taken() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    for category in Category.allCases {
      try await author.enter(Cases.notice(category, number: UInt64(category.rawValue)))
    }
    var question = Cases.assistRequest(number: 100)
    question.category = .pregnancy
    try await author.enter(question)
    #expect(try await author.node.ledger.read { try $0.count(ItemQuery(.all)) } == 12)
    try await network.stop()
  }

  @Test("G7: a category that the profile has switched off is refused, and named")
  func switchedOff() async throws {
    let network = try await TestNetwork.start(
      profile: .provincial2009.with(switchedOff: [.maintenanceFee]))
    let failure = await #expect(throws: CallFailure.self) {
      try await network[TestNetwork.residenceTowns[0]]
        .enter(Cases.notice(.maintenanceFee, number: 1))
    }
    #expect(failure?.field == "item.category")
    #expect(failure?.reason == "switched-off")
    try await network.stop()
  }
}

extension Item {
  /// Sets a field of the record that the item has.
  mutating func set(_ value: RecordFieldValue, of field: String) {
    guard var message = record?.message else { return }
    _ = message.set(value, of: field)
    record = message.record
  }
}
