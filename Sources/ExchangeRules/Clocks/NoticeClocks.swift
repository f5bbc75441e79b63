/// S4.2: every service notice is received within 30 days; `birth` and `maintenanceFee` are also fed
/// back within 30 days.
public enum NoticeClocks {
  /// Days, for receipt and for feedback alike.
  public static let days = 30

  /// What a notice of a category asks of the other side.
  public static func response(to category: Category) -> Response {
    category == .birth || category == .maintenanceFee ? .feedback : .receive
  }

  /// The clocks, from the day of submission: receipt first.
  public static func deadlines(category: Category, submitted: CivilDate) -> [Deadline] {
    let receive = Deadline(rule: "S4.2", purpose: .receive, start: submitted, days: days)
    switch response(to: category) {
    case .receive: return [receive]
    case .feedback:
      return [receive, Deadline(rule: "S4.2", purpose: .feedback, start: submitted, days: days)]
    }
  }
}
