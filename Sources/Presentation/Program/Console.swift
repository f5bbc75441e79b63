public import ExchangeRules
internal import Foundation

/// Where a command writes: pages for people, or JSON for programs.
///
/// All output goes through it; what could not be written is an ``OutputFailure``.
public struct Console: Sendable {
  /// The operator's language.
  public let language: Language
  /// Whether a program reads the output.
  public let isJSON: Bool
  private let output: Terminal
  private let errors: Terminal

  /// The program's own standard output and error.
  public init(language: Language, isJSON: Bool) {
    self.language = language
    self.isJSON = isJSON
    let columns = ProcessInfo.processInfo.environment["COLUMNS"]
    output = Terminal.behind(descriptor: 1, columns: columns)
    errors = Terminal.behind(descriptor: 2, columns: nil)
  }

  /// One of two texts, by language.
  public func text(_ chinese: String, _ english: String) -> String {
    language.text(chinese, english)
  }

  /// Shows a page: as text for people, as a JSON value a line for programs.
  public func show(_ page: Page) throws {
    try StandardStream.output.write(
      isJSON ? PageJSON.text(of: page) : PageText.text(of: page, width: output.width))
  }

  /// A result: a line for a person, a value for a program.
  public func done(
    _ value: some Encodable & Sendable, _ chinese: String, _ english: String
  ) throws {
    var page = Page()
    page.add(value: value)
    page.add(line: text(chinese, english))
    try show(page)
  }

  /// Rows: a table for a person, an array for a program.
  public func list<Row: Encodable & Sendable>(
    _ rows: [Row], _ columns: [TextTable.Column], _ cells: (Row) -> [String]
  ) throws {
    var page = Page()
    page.add(value: rows)
    var table = TextTable(columns)
    for row in rows { table.add(cells(row)) }
    page.add(table)
    try show(page)
  }

  /// A line for a person; nothing where a program reads.
  public func say(_ chinese: String, _ english: String) throws {
    var page = Page()
    page.add(line: text(chinese, english))
    try show(page)
  }

  /// Writes what is output already, such as the answers of the rules to programs.
  public func pass(_ bytes: Span<UInt8>) throws(OutputFailure) {
    try StandardStream.output.write(bytes)
  }

  /// A warning, beside the output.
  public func warn(_ chinese: String, _ english: String) {
    Console.tell(TerminalLine.safe(text(chinese, english)))
  }

  /// A progress line on the terminal, if there is one.
  public func progress() -> ProgressLine {
    // A person who no longer looks on is no reason to stop.
    ProgressLine(on: errors) { try? StandardStream.error.write($0) }
  }

  /// Tells what went wrong and how the program ends on it.
  ///
  /// The prefix stands before the line for people, such as `xiecha-node: `.
  public func report(_ failure: ProgramFailure, prefix: String = "") {
    // Whoever went away needs no word.
    if failure.exit == .readerGone { return }
    guard isJSON else {
      return Console.tell(prefix + TerminalLine.safe(failure.text[language]))
    }
    let value = FailureValue(failure, language)
    Console.tell((try? JSONOutput.text(of: ["error": value])) ?? "")
  }

  private struct FailureValue: Encodable {
    /// Where there is no reason.
    var exit: String?
    var reason: String?
    /// With a reason; may be empty.
    var field: String?
    var text: String

    init(_ failure: ProgramFailure, _ language: Language) {
      reason = failure.reason
      exit = reason == nil ? "\(failure.exit)" : nil
      field = reason == nil ? nil : failure.field
      text = failure.text[language]
    }
  }

  /// A line on standard error.
  private static func tell(_ line: String) {
    // Where this fails too, there is nobody left to tell.
    try? StandardStream.error.write(line + "\n")
  }
}
