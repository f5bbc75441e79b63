internal import ExchangeProtos
internal import ExchangeRules

extension RecordMessage {
  /// The fields that say something, as the rules take them.
  var ruleValues: [String: RecordFieldValue] {
    var values: [String: RecordFieldValue] = [:]
    for field in Self.fields { values[field.name] = value(of: field.name)?.ruleValue }
    return values
  }
}

extension RecordValue {
  fileprivate var ruleValue: RecordFieldValue {
    switch self {
    case .text(let text): .text(text)
    case .date(let day): .date(day)
    case .code(let code): .code(code)
    case .money(let fen): .money(fen)
    case .flag(let yes): .flag(yes)
    case .count(let number): .count(number)
    case .numbers(let numbers): .numbers(numbers)
    }
  }
}
