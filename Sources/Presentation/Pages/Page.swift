/// What a command shows, as a value: parts for people, in the order of reading, and the same for
/// programs.
///
/// ``PageText`` lays it out for a terminal, ``PageJSON`` for a program.
public struct Page: Sendable {
  /// A part for people.
  public enum Part: Sendable {
    /// What the lines and tables after it are about.
    case heading(String)
    /// A line of text.
    case line(String)
    /// A table.
    case table(TextTable)
    /// What the operator should know or do besides, such as a notice that is due (S4.4).
    case note(String)
    /// Space between what does not belong together.
    case gap
  }

  /// The parts for people.
  public private(set) var parts: [Part] = []
  /// The values for programs, each a JSON value.
  public private(set) var values: [any Encodable & Sendable] = []

  /// A page on which nothing is yet.
  public init() {}

  /// Adds a heading.
  public mutating func add(heading: String) { parts.append(.heading(heading)) }

  /// Adds a line of text.
  public mutating func add(line: String) { parts.append(.line(line)) }

  /// Adds a table.
  public mutating func add(_ table: TextTable) { parts.append(.table(table)) }

  /// Adds notes, a line each.
  public mutating func add(notes: [String]) { parts += notes.map(Part.note) }

  /// Adds space.
  public mutating func addGap() { parts.append(.gap) }

  /// Adds all that is on another page.
  public mutating func append(_ other: Page) {
    parts += other.parts
    values += other.values
  }

  /// Adds a value for programs.
  public mutating func add(value: some Encodable & Sendable) { values.append(value) }
}
