public import ExchangeRules

/// Why a program ends without having done what it was asked: how it ends, and one clear line.
public struct ProgramFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// How the program ends.
  public var exit: ProgramExit
  /// A stable word for programs, where its exit does not say all.
  public var reason: String?
  /// The field at fault; may be empty.
  public var field: String
  /// What is wrong and what to do, without personal data and without secrets.
  public var text: BilingualText

  /// A failure of its parts.
  public init(
    _ exit: ProgramExit, _ reason: String? = nil, field: String = "", text: BilingualText
  ) {
    self.exit = exit
    self.reason = reason
    self.field = field
    self.text = text
  }

  /// A failure of its parts, with its line in both languages.
  public init(_ exit: ProgramExit, _ reason: String? = nil, chinese: String, english: String) {
    self.init(exit, reason, text: BilingualText(chinese: chinese, english: english))
  }

  /// The line in English.
  public var description: String { text.english }
}
