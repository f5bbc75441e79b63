import CaseFile
import ExchangeRules
import Foundation
import Presentation
import Wire

/// Where a command writes: tables for people, or JSON for programs.
struct Console: Sendable {
  let language: Language
  let isJSON: Bool
  let output: Terminal
  let errors: Terminal

  /// The program's own standard output and error.
  init(language: Language, isJSON: Bool) {
    self.language = language
    self.isJSON = isJSON
    let columns = ProcessInfo.processInfo.environment["COLUMNS"]
    output = Terminal.behind(descriptor: 1, columns: columns)
    errors = Terminal.behind(descriptor: 2, columns: nil)
  }

  /// The word of a label in the operator's language.
  func word(_ label: Label) -> String { label.text[language] }

  /// One of two texts, by language.
  func text(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  /// A line for a person; nothing where a program reads.
  func say(_ chinese: String, _ english: String) {
    if !isJSON { Console.write(line: text(chinese, english), to: .standardOutput) }
  }

  /// A warning, beside the output.
  func warn(_ chinese: String, _ english: String) {
    Console.write(line: text(chinese, english), to: .standardError)
  }

  func show(_ table: TextTable) {
    Console.write(table.text(width: output.width), to: .standardOutput)
  }

  func show(_ lines: [String]) {
    for line in lines { Console.write(line: line, to: .standardOutput) }
  }

  /// A value for a program, on a line.
  func showJSON(_ value: some Encodable) throws {
    Console.write(try JSONOutput.text(of: value) + "\n", to: .standardOutput)
  }

  /// A progress line on the terminal, if there is one.
  func progress() -> ProgressLine {
    ProgressLine(on: errors) { Console.write($0, to: .standardError) }
  }

  /// A line that may hold what came from other nodes.
  private static func write(line: String, to handle: FileHandle) {
    write(TerminalLine.safe(line) + "\n", to: handle)
  }

  static func write(_ text: String, to handle: FileHandle) {
    // Whoever reads has gone away: there is nobody left to tell.
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Tells what went wrong and how the program ends on it.
  func report(_ error: any Error) -> Presentation.ExitCode {
    let failure = ProgramFailure(error)
    if isJSON {
      let value = ErrorValue(
        reason: failure.reason, field: failure.field, text: failure.text[language])
      let line = try? JSONOutput.text(of: ["error": value])
      Console.write((line ?? "") + "\n", to: .standardError)
    } else {
      Console.write(line: failure.text[language], to: .standardError)
    }
    return failure.code
  }

  private struct ErrorValue: Encodable {
    var reason: String
    var field: String
    var text: String
  }
}
