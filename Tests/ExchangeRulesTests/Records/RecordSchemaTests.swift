import ExchangeRules
import Foundation
import ReferenceData
import TestSupport
import Testing

@Suite("Records of the eleven categories (S3)")
struct RecordSchemaTests {
  let tables = CodeTables.national

  func check(
    _ category: Category, _ values: [String: RecordFieldValue]
  ) throws -> [String] {
    try RecordSchema.of(category).check(values, tables: tables, today: date("2009-06-20"))
      .map { "\($0.field) \($0.reason)" }
  }

  @Test("the schemas are current with Protos/records.proto")
  func current() async throws {
    let check = try await ProgramRun(
      Origin.root.appending(path: "Tools/generate-record-schemas").path, ["--check"])
    #expect(check.exit == 0, "run Tools/generate-record-schemas")
  }

  @Test(
    "each category has its fields, with labels, and only tables that exist",
    arguments: Category.allCases)
  func schemas(category: Category) {
    let schema = RecordSchema.of(category)
    #expect(schema.category == category && !schema.fields.isEmpty)
    #expect(Set(schema.fields.map(\.name)).count == schema.fields.count)
    #expect(Set(schema.fields.map(\.label.chinese)).count == schema.fields.count)
    for field in schema.fields {
      #expect(!field.label.chinese.isBlank && !field.label.english.isBlank)
      #expect(schema.field(heading: field.label.chinese + " ") == field)
      #expect(schema.field(field.name) == field)
      if case .code(let table) = field.type { #expect(tables[table] != nil, "\(table)") }
    }
  }

  @Test("a record with what is required, and all in its type, is let pass")
  func sound() throws {
    #expect(
      try check(
        .pregnancy,
        [
          "state": .code("001"), "conceptionDate": .date(20_090_401), "dueDate": .date(20_100_106),
          "weeks": .count(11), "hospital": .text("县妇幼保健院"), "policy": .code(""),
        ]) == [])
    #expect(try check(.assist, ["checkItems": .numbers([1, 7, 15])]) == [])
    #expect(
      try check(
        .maintenanceFee,
        [
          "decisionNumber": .text("2009-1"), "amountDue": .money(1_000_00),
          "amountPaid": .money(0), "settled": .flag(true), "settledAt": .text("440305"),
        ]) == [])
  }

  @Test(
    "each fault is named by its field",
    arguments: [
      (.pregnancy, [:], ["state missing"]),
      (.pregnancy, ["state": .code(" ")], ["state missing"]),
      (.pregnancy, ["state": .code("1")], ["state unknownCode"]),
      (.pregnancy, ["state": .text("001")], ["state wrongType"]),
      (.pregnancy, ["state": .code("001"), "weeks": .count(46)], ["weeks outOfRange"]),
      (.pregnancy, ["state": .code("001"), "week": .count(4)], ["week unknown"]),
      (.inflow, ["inflowDate": .date(20_090_230)], ["inflowDate notADate"]),
      (.inflow, ["inflowDate": .date(20_090_621)], ["inflowDate inTheFuture"]),
      (
        .inflow, ["inflowDate": .date(20_090_620), "inflowCode": .text("44")],
        ["inflowCode notACode"]
      ),
      (.assist, ["checkItems": .numbers([0])], ["checkItems outOfRange"]),
      (.assist, ["checkItems": .numbers([3, 3])], ["checkItems repeated"]),
      (
        .assist, ["checkItems": .numbers(Array(1...15) + [1])], ["checkItems tooLong"]
      ),
      (
        .spouse, ["name": .text(String(repeating: "张", count: 41))], ["name tooLong"]
      ),
      (
        .maintenanceFee, ["decisionNumber": .text("1"), "amountDue": .money(-1)],
        ["amountDue negative"]
      ),
      // S12.2: fields that contradict each other.
      (
        .pregnancy,
        [
          "state": .code("001"), "conceptionDate": .date(20_090_401), "dueDate": .date(20_090_301),
        ], ["dueDate beforeOther"]
      ),
      (
        .pregnancy,
        [
          "state": .code("001"), "conceptionDate": .date(20_090_101), "dueDate": .date(20_100_101),
        ], ["dueDate tooLate"]
      ),
      (
        .maintenanceFee,
        ["decisionNumber": .text("1"), "amountDue": .money(100), "amountPaid": .money(101)],
        ["amountPaid aboveDue"]
      ),
      (
        .maintenanceFee,
        [
          "decisionNumber": .text("1"), "amountDue": .money(100), "amountPaid": .money(99),
          "settled": .flag(true),
        ], ["settled contradicted"]
      ),
      (
        .outflow, ["outflowDate": .date(20_090_601), "returnDate": .date(20_090_531)],
        ["returnDate beforeOther"]
      ),
    ] as [(Category, [String: RecordFieldValue], [String])])
  func faults(
    category: Category, values: [String: RecordFieldValue], faults: [String]
  ) throws {
    #expect(try check(category, values) == faults)
  }

  @Test("S12.2: every date that is compared or planned is a field of its category")
  func consistencyFields() {
    let names = Set(
      Category.allCases.flatMap { RecordSchema.of($0).fields.map(\.name) })
    for planned in RecordConsistency.plannedDates { #expect(names.contains(planned), "\(planned)") }
    for category in Category.allCases {
      let schema = RecordSchema.of(category)
      for order in RecordConsistency.orders(of: category) {
        #expect(schema.field(order.earlier)?.type == .date, "\(order.earlier)")
        #expect(schema.field(order.later)?.type == .date, "\(order.later)")
      }
    }
  }
}
