import ExchangeProtos
import ExchangeRules
import Presentation

/// What the office should see to before it is late, a line each.
enum NoticesText {
  static func lines(of who: WhoAmIReply, _ language: Language) -> [String] {
    who.notices.map { "! \(TwoLanguages.part(of: $0.text, in: language))" }
  }
}
