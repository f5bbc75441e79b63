import Exchange
import ExchangeRules
import Foundation
import Presentation

/// Where a command writes: lines and tables for people, or JSON for programs.
struct Console: Sendable {
  let language: Language
  let isJSON: Bool
  private let terminal: Terminal

  init(language: Language, isJSON: Bool) {
    self.language = language
    self.isJSON = isJSON
    terminal = Terminal.behind(
      descriptor: 1, columns: ProcessInfo.processInfo.environment["COLUMNS"])
  }

  /// One of two texts, by language.
  func text(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  /// A result: a line for a person, a value for a program.
  func done(_ value: some Encodable, _ chinese: String, _ english: String) throws {
    if isJSON {
      try showJSON(value)
    } else {
      Console.write(TerminalLine.safe(text(chinese, english)) + "\n", to: .standardOutput)
    }
  }

  /// A line beside the output.
  func note(_ chinese: String, _ english: String) {
    Console.write(TerminalLine.safe(text(chinese, english)) + "\n", to: .standardError)
  }

  /// Rows: a table for a person, an array for a program.
  func list<Row: Encodable>(
    _ rows: [Row], _ columns: [TextTable.Column], _ cells: (Row) -> [String]
  ) throws {
    if isJSON { return try showJSON(rows) }
    var table = TextTable(columns)
    for row in rows { table.add(cells(row)) }
    Console.write(table.text(width: terminal.width), to: .standardOutput)
  }

  private func showJSON(_ value: some Encodable) throws {
    Console.write(try JSONOutput.text(of: value) + "\n", to: .standardOutput)
  }

  static func write(_ text: String, to handle: FileHandle) {
    // Whoever reads has gone away: there is nobody left to tell.
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Tells what went wrong, and how the program ends on it.
  func report(_ error: any Error) -> ProgramExit {
    let failure = ProgramFailure(error)
    if isJSON {
      let line = try? JSONOutput.text(
        of: ["error": ["exit": "\(failure.exit)", "text": failure.text[language]]])
      Console.write((line ?? "") + "\n", to: .standardError)
    } else {
      Console.write(
        "xiecha-admin: \(TerminalLine.safe(failure.text[language]))\n", to: .standardError)
    }
    return failure.exit
  }
}
