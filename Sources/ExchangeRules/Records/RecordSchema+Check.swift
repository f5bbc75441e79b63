extension RecordSchema {
  /// Everything that is wrong with a record, field by field in the order of the form, then between
  /// its fields.
  ///
  /// An event after `today` is wrong; a planned date may lie ahead.
  public func check(
    _ values: [String: RecordFieldValue], tables: CodeTables, today: CivilDate
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    for name in values.keys.sorted() where field(name) == nil {
      failures.append(
        RecordCheck.failure(
          name, .unknown, "“\(category.label.chinese)”没有此项", "\(category.word) has no such field"))
    }
    for field in fields {
      let value = values[field.name].flatMap { $0.isAbsent ? nil : $0 }
      if let failure = RecordCheck.failure(of: value, in: field, tables: tables) {
        failures.append(failure)
      }
    }
    return failures + RecordConsistency.failures(of: values, in: self, today: today)
  }
}
