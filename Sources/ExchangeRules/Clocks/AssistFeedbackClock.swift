/// S4.1: an assist request is always fed back; within 15 days when the subject is currently
/// pregnant, within 30 days otherwise.
public enum AssistFeedbackClock {
  /// Days for a subject who is currently pregnant.
  public static let urgentDays = 15
  /// Days for every other subject.
  public static let normalDays = 30

  /// The urgency of an assist request.
  public static func urgency(currentlyPregnant: Bool) -> Urgency {
    currentlyPregnant ? .urgent : .normal
  }

  /// The clock, from the day of submission.
  public static func deadline(currentlyPregnant: Bool, submitted: CivilDate) -> Deadline {
    Deadline(
      rule: "S4.1", purpose: .feedback, start: submitted,
      days: currentlyPregnant ? urgentDays : normalDays)
  }
}
