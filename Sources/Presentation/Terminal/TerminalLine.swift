/// One line for a terminal.
public enum TerminalLine {
  /// The text with line breaks and other control characters as spaces, so that no content from
  /// outside moves the cursor of the reader's terminal, changes its colours or adds a line.
  public static func safe(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
      // Marks that turn the direction of writing could make a text read as another.
      case .format: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
