public import ExchangeRules
internal import Presentation

/// A cell of a report, as what it is: a spreadsheet gets a number, people get its text.
public enum ReportCell: Sendable, Hashable {
  /// Words.
  case text(String)
  /// A code or number that names something and is never counted with.
  case identity(String)
  /// A count.
  case number(Int)
  /// Points in hundredths.
  case points(Int)
  /// A day.
  case date(CivilDate)
  /// A share; of 0 there is none.
  case share(count: Int, of: Int)
  /// There is nothing to say.
  case missing

  /// What people read, on one line; a share is rounded down (S6.1).
  public var text: String {
    switch self {
    case .text(let text), .identity(let text): TerminalLine.safe(text)
    case .number(let number): "\(number)"
    case .points(let hundredths): RankingScore.text(hundredths)
    case .date(let day): "\(day)"
    case .share(let count, let of): FeedbackRate(queries: of, fedBack: count).text
    case .missing: "—"
    }
  }

  /// The count, of a count.
  var number: Int? {
    if case .number(let number) = self { number } else { nil }
  }
}
