internal import ExchangeProtos
internal import ExchangeRules

/// The typed record of an item or of an answer before the rules (S3, S12.2): of its category, every
/// field of its type, within its limits, and none against another.
///
/// A notice is what its record says, so each mandatory field of its category has to be there, with
/// or without a record; `basic` has none, because the person's own facts say it. An assist request
/// asks, so it may come without a record; one that it has is checked all the same.
struct RecordEntry {
  let tables: CodeTables
  let today: CivilDate

  /// What is wrong with an item's record, field by field: `record.inflowDate`.
  func failures(of item: Item) -> [RuleFailure] {
    guard let category = item.category else { return [] }
    if item.record?.message == nil {
      return item.kind == .serviceNotice ? failures(of: [:], in: category) : []
    }
    return failures(of: item.record, in: category)
  }

  /// What is wrong with the record that an answer sends back.
  ///
  /// The answer to a list of things to check has no category of its own: whichever record was found
  /// may come back.
  func failures(of answer: Answer, to category: Category) -> [RuleFailure] {
    guard let message = answer.record?.message else { return [] }
    let found = Category(rawValue: type(of: message).category) ?? category
    return failures(of: answer.record, in: category == .assist ? found : category)
  }

  private func failures(
    of record: Record?, in category: Category
  ) -> [RuleFailure] {
    guard let message = record?.message else { return [] }
    guard type(of: message).category == category.rawValue else {
      return [
        RuleFailure(
          rule: "S3", field: "record", reason: .otherCategory,
          chinese: "记录的类别应为“\(category.label.chinese)”",
          english: "the record is to be one of \(category.word)")
      ]
    }
    return failures(of: message.ruleValues, in: category)
  }

  private func failures(
    of values: [String: RecordFieldValue], in category: Category
  ) -> [RuleFailure] {
    RecordSchema.of(category).check(values, tables: tables, today: today).map { failure in
      RuleFailure(
        rule: failure.rule, field: "record.\(failure.field)", reason: failure.cause,
        chinese: failure.text.chinese, english: failure.text.english)
    }
  }
}
