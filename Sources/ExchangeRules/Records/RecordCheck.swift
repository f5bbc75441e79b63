/// The check of one field (S3): present when it has to be, of its type, and within its limits.
enum RecordCheck {
  /// What is wrong with a value; nil when nothing is.
  static func failure(
    of value: RecordFieldValue?, in field: RecordFieldSchema, tables: CodeTables
  ) -> RuleFailure? {
    let label = field.label
    guard let value else {
      guard field.isRequired else { return nil }
      return failure(
        field.name, .missing, "缺少“\(label.chinese)”", "\(label.english) is missing")
    }
    switch (field.type, value) {
    case (.text(let maxBytes), .text(let text)):
      guard text.utf8.count > maxBytes else { return nil }
      return failure(
        field.name, .tooLong, "“\(label.chinese)”过长（最多\(maxBytes)字节）",
        "\(label.english) is longer than \(maxBytes) bytes")
    case (.date, .date(let day)):
      guard CivilDate(yyyymmdd: day) == nil else { return nil }
      return failure(
        field.name, .notADate, "“\(label.chinese)”不是有效日期", "\(label.english) is no date")
    case (.code(let table), .code(let code)):
      guard tables[table]?.entry(code: code) == nil else { return nil }
      return failure(
        field.name, .unknownCode, "“\(label.chinese)”不在代码表中",
        "\(label.english) is no code of \(table)")
    case (.money, .money(let fen)):
      guard fen < 0 else { return nil }
      return failure(
        field.name, .negative, "“\(label.chinese)”不能为负", "\(label.english) is negative")
    case (.flag, .flag): return nil
    case (.count(let range), .count(let number)):
      return range.contains(Int(number)) ? nil : outOfRange(field, range)
    case (.numbers(let range, let maxCount), .numbers(let numbers)):
      return failure(of: numbers, in: field, range: range, maxCount: maxCount)
    case (.division, .text(let text)):
      guard DivisionCode(text) == nil else { return nil }
      return failure(
        field.name, .notACode, "“\(label.chinese)”应为6、9或12位行政区划代码",
        "\(label.english) has 6, 9 or 12 digits")
    default:
      return failure(
        field.name, .wrongType, "“\(label.chinese)”的类型不对", "\(label.english) is of another type")
    }
  }

  private static func failure(
    of numbers: [UInt32], in field: RecordFieldSchema, range: ClosedRange<Int>, maxCount: Int
  ) -> RuleFailure? {
    if numbers.count > maxCount {
      return failure(
        field.name, .tooLong, "“\(field.label.chinese)”最多\(maxCount)项",
        "\(field.label.english): at most \(maxCount)")
    }
    if Set(numbers).count < numbers.count {
      return failure(
        field.name, .repeated, "“\(field.label.chinese)”有重复",
        "\(field.label.english): one is repeated")
    }
    return numbers.allSatisfy { range.contains(Int($0)) } ? nil : outOfRange(field, range)
  }

  private static func outOfRange(_ field: RecordFieldSchema, _ range: ClosedRange<Int>)
    -> RuleFailure
  {
    failure(
      field.name, .outOfRange,
      "“\(field.label.chinese)”应在\(range.lowerBound)至\(range.upperBound)之间",
      "\(field.label.english) is from \(range.lowerBound) to \(range.upperBound)")
  }

  static func failure(
    _ field: String, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(rule: "S3", field: field, reason: reason, chinese: chinese, english: english)
  }
}
