/// What a case file gives for one of its rows.
public enum CaseFileEntry: Sendable {
  /// A row that is complete and right, with its cells as they stand in the file: a node can still
  /// refuse it.
  case row(CaseRow, cells: [[UInt8]])
  /// A row that is not taken.
  case rejected(RejectedRow)
}
