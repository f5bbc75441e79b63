import ExchangeRules

/// The fields of a question as they stand on the line, each checked when it is asked for.
struct ExplainQuestion {
  /// In the order in which they are checked.
  ///
  /// Fields of other names are let pass: a caller may send more than the question needs.
  enum Field: Int, CaseIterable {
    case kind, category, currentlyPregnant, occurred, submitted, received, profile

    var name: String {
      switch self {
      case .kind: "kind"
      case .category: "category"
      case .currentlyPregnant: "currentlyPregnant"
      case .occurred: "occurred"
      case .submitted: "submitted"
      case .received: "received"
      case .profile: "profile"
      }
    }
  }

  private enum Entry {
    case absent
    case present(JSONScanner.Value)
  }

  private var entries = InlineArray<7, Entry>(repeating: .absent)
  private var repeated: Field?

  /// Reads a line; it has to be one JSON object and nothing else.
  init(line: Span<UInt8>) throws(BatchRefusal) {
    var index = ExplainQuestion.startAfterByteOrderMark(of: line)
    JSONScanner.skipSpace(line, &index)
    if index == line.count { throw BatchRefusal(field: "line", reason: "empty") }
    var entries = InlineArray<7, Entry>(repeating: .absent)
    var repeated: Field?
    let isObject = JSONScanner.members(line, &index) { key, isEscaped, value in
      guard let field = ExplainQuestion.field(line, key, isEscaped: isEscaped) else { return }
      if case .present = entries[field.rawValue] { repeated = field }
      entries[field.rawValue] = .present(value)
    }
    JSONScanner.skipSpace(line, &index)
    guard isObject, index == line.count else {
      throw BatchRefusal(field: "line", reason: "notAJSONObject")
    }
    if let repeated { throw ExplainQuestion.refusal(repeated, "repeated") }
    self.entries = entries
  }

  /// The item that the question is about.
  func facts(_ line: Span<UInt8>, profiles: [RuleProfile]) throws(BatchRefusal) -> ItemFacts {
    let kindWord = try text(.kind, line)
    guard let kind = ItemKind.allCases.first(where: { $0.word == kindWord }) else {
      throw ExplainQuestion.refusal(.kind, "unknown")
    }
    guard let category = try Category(word: text(.category, line)) else {
      throw ExplainQuestion.refusal(.category, "unknown")
    }
    let currentlyPregnant = try flag(.currentlyPregnant)
    let occurred = try date(.occurred, line)
    guard let submitted = try date(.submitted, line) else {
      throw ExplainQuestion.refusal(.submitted, "missing")
    }
    let received = try date(.received, line)
    let name = try text(.profile, line)
    guard let profile = profiles.first(where: { $0.name == name }) else {
      throw ExplainQuestion.refusal(.profile, "unknown")
    }
    return ItemFacts(
      kind: kind, category: category, currentlyPregnant: currentlyPregnant, occurred: occurred,
      submitted: submitted, received: received, profile: profile)
  }

  private func text(_ field: Field, _ line: Span<UInt8>) throws(BatchRefusal) -> String {
    switch entries[field.rawValue] {
    case .absent: throw ExplainQuestion.refusal(field, "missing")
    case .present(.string(let range, let isEscaped)):
      return JSONScanner.text(line, range, isEscaped: isEscaped)
    case .present: throw ExplainQuestion.refusal(field, "notText")
    }
  }

  private func flag(_ field: Field) throws(BatchRefusal) -> Bool {
    switch entries[field.rawValue] {
    case .absent: throw ExplainQuestion.refusal(field, "missing")
    case .present(.bool(let value)): return value
    case .present: throw ExplainQuestion.refusal(field, "notTrueOrFalse")
    }
  }

  /// A date; `null` is the same as absent.
  private func date(_ field: Field, _ line: Span<UInt8>) throws(BatchRefusal) -> CivilDate? {
    switch entries[field.rawValue] {
    case .absent, .present(.null): return nil
    case .present(.string(let range, let isEscaped)):
      let date =
        isEscaped
        ? CivilDate(JSONScanner.text(line, range, isEscaped: true))
        : CivilDate(utf8: line.extracting(range))
      guard let date else { throw ExplainQuestion.refusal(field, "notADate") }
      // A clock or a cycle may not leave the years that can be written.
      guard (2...9998).contains(date.year) else {
        throw ExplainQuestion.refusal(field, "outOfRange")
      }
      return date
    case .present: throw ExplainQuestion.refusal(field, "notADate")
    }
  }

  private static func refusal(_ field: Field, _ reason: String) -> BatchRefusal {
    BatchRefusal(field: field.name, reason: reason)
  }

  private static func field(_ line: Span<UInt8>, _ key: Range<Int>, isEscaped: Bool) -> Field? {
    // The longest name, "currentlyPregnant", has 17 bytes; an escape makes a key longer.
    guard isEscaped || key.count <= 17 else { return nil }
    let name = JSONScanner.text(line, key, isEscaped: isEscaped)
    switch name {
    case "kind": return .kind
    case "category": return .category
    case "currentlyPregnant": return .currentlyPregnant
    case "occurred": return .occurred
    case "submitted": return .submitted
    case "received": return .received
    case "profile": return .profile
    default: return nil
    }
  }

  /// A spreadsheet or an editor may put U+FEFF before the first line.
  private static func startAfterByteOrderMark(of line: Span<UInt8>) -> Int {
    line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF ? 3 : 0
  }
}
