internal import ExchangeProtos
internal import ExchangeRules

extension RecordMessage {
  /// The fields that say something, as the rules take them.
  var ruleValues: [String: RecordFieldValue] {
    var values: [String: RecordFieldValue] = [:]
    for field in Self.fields { values[field.name] = value(of: field.name) }
    return values
  }
}
