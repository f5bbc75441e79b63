/// Lays a page out for a terminal.
public enum PageText {
  /// The text, each line ended by a line feed; `width` in terminal columns, nil for no limit.
  ///
  /// No text on a page can add a line or move the cursor: it may come from other nodes.
  public static func text(of page: Page, width: Int?) -> String {
    page.parts.map { part in
      switch part {
      case .heading(let text), .line(let text), .note(let text): TerminalLine.safe(text) + "\n"
      case .table(let table): table.text(width: width)
      case .gap: "\n"
      }
    }.joined()
  }
}
