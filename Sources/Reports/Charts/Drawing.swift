internal import Presentation

/// The shapes of charts.
enum Drawing {
  typealias Point = (x: Int, y: Int)

  static func svg(width: Int, height: Int, title: String, _ shapes: [Markup]) -> Markup {
    .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)",
        "role": "img", "aria-label": title,
      ], shapes)
  }

  static func text(_ text: String, _ at: Point, anchor: String, isBold: Bool = false) -> Markup {
    .leaf(
      "text",
      [
        "x": "\(at.x)", "y": "\(at.y)", "text-anchor": anchor,
        "font-weight": isBold ? "bold" : "normal",
      ], text)
  }

  static func line(_ from: Point, _ to: Point, width: Int = 1, dashes: String = "none") -> Markup {
    .element(
      "line",
      [
        "x1": "\(from.x)", "y1": "\(from.y)", "x2": "\(to.x)", "y2": "\(to.y)",
        "stroke": "#000000", "stroke-width": "\(width)", "stroke-dasharray": dashes,
      ], [])
  }

  static func box(_ at: Point, _ size: Point, fill: ChartFill) -> Markup {
    .element(
      "rect",
      [
        "x": "\(at.x)", "y": "\(at.y)", "width": "\(size.x)", "height": "\(size.y)",
        "fill": fill.reference, "stroke": "#000000", "stroke-width": "1",
      ], [])
  }

  /// A box and a name for each part, in one line at the top.
  static func legend(_ names: [String], left: Int) -> [Markup] {
    var x = left
    return names.enumerated().flatMap { part, name in
      defer { x += 40 + 7 * name.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) } }
      return [
        box((x, 6), (16, 14), fill: ChartFill(part: part)),
        text(name, (x + 22, 18), anchor: "start"),
      ]
    }
  }
}
