/// S10.5: each village or community reports at least five items a month, by the submission cycle of
/// the month.
public enum VillageDuty {
  /// Items a month.
  public static let least = 5

  /// Whether a village has done its duty.
  ///
  /// - Parameter reported: Items that it has entered and that were submitted in the month's cycle.
  /// - Returns: The verdict, with how many are missing.
  public static func check(reported: Int) -> RuleVerdict {
    if reported >= least { return .meets }
    return .fails(
      RuleFailure(
        rule: "S10.5", field: "submitted", reason: .tooFew,
        chinese: "本月上报\(reported)条，少于\(least)条，还差\(least - max(0, reported))条",
        english:
          "\(reported) reported this month, under \(least): \(least - max(0, reported)) missing"))
  }
}
