/// A piece of a page for browsers.
///
/// Names come from the program alone; whatever text or value stands in it is escaped as it is written,
/// so that no name of a person or place can become markup.
public indirect enum Markup: Sendable {
  /// Text, as a reader is to see it.
  case text(String)
  /// An element with attributes and what stands in it.
  case element(StaticName, Attributes, [Markup])

  /// A name that stands in the program's own text.
  public struct StaticName: Sendable, ExpressibleByStringLiteral {
    let text: String

    /// A name.
    public init(stringLiteral value: StaticString) { text = "\(value)" }
  }

  /// The attributes of an element, in their order.
  public struct Attributes: Sendable, ExpressibleByDictionaryLiteral {
    fileprivate let pairs: [(name: StaticName, value: String)]

    /// Attributes.
    public init(dictionaryLiteral elements: (StaticName, String)...) {
      pairs = elements.map { (name: $0.0, value: $0.1) }
    }

    private init(pairs: [(name: StaticName, value: String)]) { self.pairs = pairs }

    /// These, and one more: such as `checked`, where something is so.
    public func with(_ name: StaticName, _ value: String, if isSo: Bool = true) -> Attributes {
      isSo ? Attributes(pairs: pairs + [(name: name, value: value)]) : self
    }
  }

  /// An element without attributes.
  public static func parent(_ name: StaticName, _ children: [Markup]) -> Markup {
    .element(name, [:], children)
  }

  /// An element with text alone.
  public static func leaf(
    _ name: StaticName, _ attributes: Attributes = [:], _ text: String
  ) -> Markup {
    .element(name, attributes, [.text(text)])
  }

  /// Writes it, well-formed as XML also is.
  public func write(to page: inout String) {
    switch self {
    case .text(let text): page += Markup.escaped(text)
    case .element(let name, let attributes, let children):
      page += "<\(name.text)"
      for (key, value) in attributes.pairs { page += " \(key.text)=\"\(Markup.escaped(value))\"" }
      guard !children.isEmpty || !Markup.isVoid(name.text) else {
        page += "/>"
        return
      }
      page += ">"
      for child in children { child.write(to: &page) }
      page += "</\(name.text)>"
    }
  }

  /// Elements that HTML ends with their own tag.
  private static func isVoid(_ name: String) -> Bool {
    [
      "meta", "link", "br", "hr", "img", "input", "line", "rect", "circle", "path",
    ].contains(name)
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in TerminalLine.safe(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      // No character of XML.
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
