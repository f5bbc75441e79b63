import ExchangeRules
import Foundation
import Presentation
import Testing

/// `Sources/GLOSSARY.md` shows the labels of the code, word for word.
@Suite("The glossary says what operators read")
struct GlossaryTests {
  struct Section: Sendable, CustomTestStringConvertible {
    let name: String
    /// The word, its Chinese, its English.
    let rows: [[String]]

    init(_ name: String, _ rows: [(String, BilingualText)]) {
      self.name = name
      self.rows = rows.map { ["`\($0)`", $1.chinese, $1.english] }
    }

    var testDescription: String { name }
  }

  static let sections: [Section] = [
    Section("ItemKind", ItemKind.allCases.map { ("\($0)", $0.label) }),
    Section("Category", Category.allCases.map { ("\($0)", $0.label) }),
    Section("NoticeEvent", NoticeEvent.allCases.map { ("\($0)", $0.label) }),
    Section("Urgency", Urgency.allCases.map { ("\($0)", $0.label) }),
    Section("Response", Response.allCases.map { ("\($0)", $0.label) }),
    Section("ItemState", ItemState.allCases.map { ("\($0)", $0.label) }),
    Section("EventKind", EventKind.allCases.map { ("\($0)", $0.label) }),
    Section("EventSide", EventSide.allCases.map { ("\($0)", $0.label) }),
    Section("ExchangeSide", ExchangeSide.allCases.map { ("\($0)", $0.label) }),
    Section("SearchSource", SearchSource.allCases.map { ("\($0)", $0.label) }),
    Section("Finding", Finding.allCases.map { ("\($0)", $0.label) }),
    Section("DeadlinePurpose", DeadlinePurpose.allCases.map { ("\($0)", $0.label) }),
    Section("DeadlineUnit", DeadlineUnit.allCases.map { ("\($0)", $0.label) }),
    Section("DivisionLevel", DivisionLevel.allCases.map { ("\($0)", $0.label) }),
    Section("FigureMeasure", FigureMeasure.allCases.map { ($0.word, $0.label) }),
    Section("LetterKind", LetterKind.allCases.map { ($0.word, $0.label) }),
    Section("LetterStep", LetterStep.allCases.map { ($0.word, $0.label) }),
    Section("StoppedDestination", StoppedDestination.allCases.map { ($0.word, $0.label) }),
    Section("MonthlyTable", MonthlyTable.allCases.map { ($0.word, $0.label) }),
    Section("FlowBeside", FlowBeside.allCases.map { ($0.word, $0.label) }),
    Section("SpotOutcome", SpotOutcome.allCases.map { ($0.word, $0.label) }),
    Section("CapacityWarning", CapacityWarning.allCases.map { ("\($0)", $0.label) }),
    Section("KeySubjectReason", KeySubjectReason.allCases.map { ("\($0)", $0.label) }),
    Section("SubjectField", SubjectField.allCases.map { ("\($0)", $0.label) }),
    Section("CertificateStatus", CertificateStatus.allCases.map { ("\($0)", $0.label) }),
    Section("Contraception", Contraception.allCases.map { ("\($0)", $0.label) }),
    Section("Sex", Sex.allCases.map { ("\($0)", $0.label) }),
    Section("RoleName", RoleName.words.map { ($0, RoleName.text(of: $0)) }),
  ]

  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/GLOSSARY.md")

  /// The rows of the table below each heading, without the table's own heading.
  private static func tables() throws -> [String: [[String]]] {
    var tables: [String: [[String]]] = [:]
    var heading = ""
    for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") { heading = String(line.dropFirst(3).prefix { $0 != ":" }) }
      guard line.hasPrefix("| `") else { continue }
      let cells = line.dropFirst().dropLast().split(separator: "|")
      tables[heading, default: []].append(
        cells.map { $0.trimmingCharacters(in: .whitespaces) })
    }
    return tables
  }

  @Test("Each word stands there with its label in both languages", arguments: sections)
  func labels(section: Section) throws {
    let rows = try Self.tables()[section.name] ?? []
    let shown = section.rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    #expect(rows.map { Array($0.prefix(3)) } == section.rows, "expected:\n\(shown)")
  }

  @Test("Nothing stands there that the code does not have")
  func noOthers() throws {
    let names = Set(Self.sections.map(\.name)).union(["Words that mean one thing"])
    #expect(Set(try Self.tables().keys).subtracting(names) == [])
  }
}
