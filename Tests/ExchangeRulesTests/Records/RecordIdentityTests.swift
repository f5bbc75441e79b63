import ExchangeRules
import Testing

@Suite("What tells two records of one person apart (S12.1)")
struct RecordIdentityTests {
  @Test("each identifying field is one of its category's record", arguments: Category.allCases)
  func fields(category: Category) {
    let names = Set(RecordSchema.of(category).fields.map(\.name))
    #expect(names.isSuperset(of: RecordIdentity.fields(of: category)))
  }

  /// Two records of a category, and whether the second is the first one's next version.
  static let pairs: [(Category, [String: RecordFieldValue], [String: RecordFieldValue], Bool)] = [
    (.basic, ["education": .code("20")], ["education": .code("30")], true),
    (.birth, ["birthDate": .date(2009_06_01)], ["birthDate": .date(2009_06_01)], true),
    (.birth, ["birthDate": .date(2009_06_01)], ["birthDate": .date(2007_06_01)], false),
    // Twins are two children: born on a day, one after the other.
    (
      .child, ["birthDate": .date(2009_06_01), "order": .count(1)],
      ["birthDate": .date(2009_06_01), "order": .count(2)], false
    ),
    (.periodicCheck, ["checkDate": .date(2009_03_01)], ["checkDate": .date(2009_06_01)], false),
    (
      .maintenanceFee, ["decisionNumber": .text("1"), "amountPaid": .money(0)],
      ["decisionNumber": .text("1"), "amountPaid": .money(100)], true
    ),
    (.pregnancy, ["conceptionDate": .date(2009_01_01)], [:], false),
  ]

  @Test("a record that says the same of its fact is the next version", arguments: pairs)
  func versions(
    category: Category, one: [String: RecordFieldValue], other: [String: RecordFieldValue],
    isSame: Bool
  ) {
    #expect(RecordIdentity.isSame(one, other, in: category) == isSame)
  }
}
