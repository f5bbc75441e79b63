import ExchangeRules

/// What the heading row of a case file says: which column holds which field.
struct Headings: Sendable {
  /// What a column holds: a field of every case, fields of categories' records, or both where a
  /// record repeats what the case says.
  struct Meaning: Sendable {
    var field: CaseField?
    /// Whether an earlier column holds the same.
    var isRepeated = false
    var recordColumns: [RecordColumn] = []
    var isKnown: Bool { field != nil || !recordColumns.isEmpty }
  }

  /// The headings as they stand in the file.
  var texts: [String]
  var meanings: [Meaning]
  /// The column of each field that the file has.
  let columns: [CaseField: Int]

  /// Matches the cells of a row against the headings known.
  init(cells: [String], lexicon: Lexicon) {
    var seen: Set<CaseField> = []
    texts = cells.map { WrittenText.read($0).value }
    meanings = texts.map { text in
      var meaning = lexicon.meaning(of: text)
      // A second column for a field is not read: which one counts would be a guess.
      if let field = meaning.field, !seen.insert(field).inserted {
        meaning.field = nil
        meaning.isRepeated = true
      }
      return meaning
    }
    var columns: [CaseField: Int] = [:]
    for (index, meaning) in meanings.enumerated() {
      if let field = meaning.field { columns[field] = index }
    }
    self.columns = columns
  }

  var recognised: Int { meanings.count { $0.isKnown } }

  /// Mandatory fields that no column holds.
  var missing: [CaseField] {
    let present = Set(meanings.compactMap(\.field))
    return CaseField.allCases.filter { $0.isMandatory && !present.contains($0) }
  }

  /// Headings that mean nothing here, except the empty ones that spreadsheets leave at the end.
  var unknown: [String] {
    zip(texts, meanings).filter { !$0.1.isKnown && !$0.1.isRepeated && !$0.0.isEmpty }.map(\.0)
  }

  /// Headings of a field that an earlier column holds already.
  var repeated: [String] { zip(texts, meanings).filter(\.1.isRepeated).map(\.0) }
}

extension Headings {
  /// All headings known, by their normalised form.
  struct Lexicon: Sendable {
    static let shared = Lexicon()

    private var meanings: [String: Meaning] = [:]

    private init() {
      for field in CaseField.allCases {
        for heading in field.headings {
          meanings[Lexicon.normal(heading), default: Meaning()].field = field
        }
      }
      for column in RecordColumn.all {
        let own = Lexicon.normal(column.heading)
        meanings[own, default: Meaning()].recordColumns.append(column)
        for heading in Set(column.otherHeadings.map(Lexicon.normal)) where heading != own {
          if meanings[heading]?.field != nil { continue }
          meanings[heading, default: Meaning()].recordColumns.append(column)
        }
      }
    }

    func meaning(of heading: String) -> Meaning {
      meanings[Lexicon.normal(heading)] ?? Meaning()
    }

    /// Case, spaces, marks for mandatory columns and notes in brackets make no difference:
    /// `*姓 名（必填）` is 姓名.
    static func normal(_ heading: String) -> String {
      var text = WrittenCode.read(heading).value.lowercased()
      if let bracket = text.firstIndex(where: { $0 == "(" || $0 == "（" || $0 == "[" }),
        bracket != text.startIndex
      {
        text = String(text[..<bracket])
      }
      text.removeAll { $0 == "*" || $0 == "＊" || $0 == ":" || $0 == "：" || $0 == "_" || $0 == "-" }
      return text
    }
  }
}
