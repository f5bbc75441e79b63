public import FuzzTargets

/// What goes into the ledger or is asked of it, but for what neighbours tell.
public enum LedgerTargets {
  /// Each with the folder of its corpus.
  public static let all = [
    // Case files: records, headings, cells.
    FuzzTarget("csv", CaseFileInput.run),
    // Calendar files.
    FuzzTarget("calendar", CalendarInput.run),
    // Places in a list.
    FuzzTarget("cursor", CursorInput.run),
    // Questions of `xiecha explain --batch`.
    FuzzTarget("explain", BatchInput.explain),
    // Numbers of `xiecha check-id --batch`.
    FuzzTarget("check-id", BatchInput.checkID),
  ]
}
