/// What a case file gives for one of its rows.
public enum CaseFileEntry: Sendable {
  /// A row that is complete and right.
  case row(CaseRow)
  /// A row that is not taken.
  case rejected(RejectedRow)
}
