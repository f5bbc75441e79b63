import ExchangeProtos
import ExchangeRules
import Presentation
import Wire

/// What the office should see to before it is late, a line each.
enum NoticesText {
  static func lines(of who: WhoAmIReply, _ language: Language) -> [String] {
    who.notices.map { notice in
      let isOfPassword = notice.reason == FailureReason.passwordExpired.rawValue
      let command = isOfPassword ? language.text("：xiecha password", ": xiecha password") : ""
      return "! \(TwoLanguages.part(of: notice.text, in: language))\(command)"
    }
  }
}
