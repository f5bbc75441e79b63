import ExchangeRules
import Operator
import Presentation
import Wire

/// What went wrong, as a clerk before a browser reads it: the remedy is a page's, never a command's.
enum Told {
  static func text(of error: any Error, _ language: Language) -> String {
    if let failure = error as? CallFailure { return failure.line(in: language, on: .browser) }
    return ProgramFailure(error).text[language]
  }
}
