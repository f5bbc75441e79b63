import ExchangeRules

/// A column that holds a field of the typed record of a category (S3).
struct RecordColumn: Sendable, Hashable {
  let category: ExchangeRules.Category
  let field: RecordFieldSchema

  /// All of them, from the shared schemas.
  ///
  /// Left out are the fields that every case has a column for: a record's remark is the row's 备注,
  /// and an assist request's question stands in 协查项目 and 协查内容.
  static let all: [RecordColumn] = ExchangeRules.Category.allCases
    .filter { $0 != .assist }
    .flatMap { category in
      RecordSchema.of(category).fields.filter { $0.name != "remark" }
        .map { RecordColumn(category: category, field: $0) }
    }

  /// The form's heading.
  ///
  /// It may also be that of a field of every case: then a cell says both.
  var heading: String { field.label.chinese }

  /// Other headings that mean it: the English one, the field's name (also with its category, as in
  /// `birth.birthDate`), and what files use.
  ///
  /// They give way to the fields of every case: `birth date` is the woman's, not the child's.
  var otherHeadings: [String] {
    [field.label.english, field.name, "\(category.word).\(field.name)"]
      + (RecordColumn.synonyms[category]?[field.name] ?? [])
  }

  /// Whether a problem may show a value: not where it could name somebody or an address.
  var isShown: Bool {
    switch field.type {
    case .text: false
    default: true
    }
  }

  private static let synonyms: [ExchangeRules.Category: [String: [String]]] = [
    .birth: [
      "birthDate": ["分娩日期"], "childSex": ["子女性别"], "hospital": ["分娩医院", "接生单位"],
      "birthCertificateNumber": ["出生医学证明编号"],
    ],
    .inflow: ["inflowDate": ["现居住地流入日期"], "reason": ["流动原因"]],
    .outflow: ["outflowDate": ["离开日期"], "reason": ["流动原因"]],
    .maintenanceFee: ["amountDue": ["征收金额"], "amountPaid": ["实缴金额"]],
    .pregnancy: ["dueDate": ["预产日期"]],
  ]
}
