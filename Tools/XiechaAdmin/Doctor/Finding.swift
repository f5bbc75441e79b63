import ExchangeRules

/// What was found of one thing, and what is to be done about it.
struct Finding: Encodable, Sendable {
  enum State: String, Encodable, Sendable {
    case good
    case soon
    case bad
  }

  /// The thing, such as `certificate`.
  let area: String
  let state: State
  private let text: BilingualText
  private let remedy: BilingualText?

  /// All is well.
  static func good(_ area: String, _ chinese: String, _ english: String) -> Finding {
    Finding(
      area: area, state: .good, text: BilingualText(chinese: chinese, english: english),
      remedy: nil)
  }

  /// It works, and will not for long.
  static func soon(_ area: String, _ text: BilingualText, remedy: BilingualText) -> Finding {
    Finding(area: area, state: .soon, text: text, remedy: remedy)
  }

  /// It does not work.
  static func bad(_ area: String, _ text: BilingualText, remedy: BilingualText) -> Finding {
    Finding(area: area, state: .bad, text: text, remedy: remedy)
  }

  /// What was found, in a language.
  func text(_ choose: (BilingualText) -> String) -> String { choose(text) }
  /// What is to be done, in a language; empty: nothing.
  func remedy(_ choose: (BilingualText) -> String) -> String { remedy.map(choose) ?? "" }

  private enum Key: String, CodingKey { case area, state, text, remedy }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(area, forKey: .area)
    try values.encode(state, forKey: .state)
    try values.encode(text.english, forKey: .text)
    try values.encode(remedy?.english ?? "", forKey: .remedy)
  }
}
