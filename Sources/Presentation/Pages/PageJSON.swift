/// Writes a page for programs.
public enum PageJSON {
  /// The page's values, a line each.
  public static func text(of page: Page) throws -> String {
    try page.values.map { try JSONOutput.text(of: $0) + "\n" }.joined()
  }
}
