internal import Presentation

/// How the parts of a chart are told apart: by a pattern as much as by a colour, so that it reads on a
/// black-and-white printer and to those who do not see all colours.
///
/// The colours are those of Okabe and Ito.
enum ChartFill: Int, CaseIterable {
  case plain, stripes, dots, pale, crossed

  /// The fill of a part by its place, in a circle.
  init(part: Int) { self = ChartFill.allCases[part % ChartFill.allCases.count] }

  /// What a shape names as its fill.
  var reference: String { "url(#fill\(rawValue))" }

  /// What the shapes of a page refer to; stands once on a page.
  static var definitions: Markup {
    .element(
      "svg", ["width": "0", "height": "0", "aria-hidden": "true"],
      [.parent("defs", allCases.map(\.pattern))])
  }

  private var pattern: Markup {
    .element(
      "pattern",
      [
        "id": "fill\(rawValue)", "width": "8", "height": "8",
        "patternUnits": "userSpaceOnUse",
      ],
      [
        .element(
          "rect", ["width": "8", "height": "8", "fill": ground], [])
      ] + marks)
  }

  private var ground: String {
    switch self {
    case .plain: "#0072B2"
    case .stripes: "#FCE5D0"
    case .dots: "#CDEBDF"
    case .pale: "#F5F0C0"
    case .crossed: "#FFFFFF"
    }
  }

  private var marks: [Markup] {
    switch self {
    case .plain, .pale: []
    case .stripes: [ChartFill.stroke("M-2 2L2 -2M0 8L8 0M6 10L10 6", "#D55E00", "2.6")]
    case .dots:
      ["2": "2", "6": "6"].map {
        .element("circle", ["cx": $0.0, "cy": $0.1, "r": "1.5", "fill": "#006B4F"], [])
      }
    case .crossed: [ChartFill.stroke("M0 0L8 8M8 0L0 8", "#7A3A5E", "1")]
    }
  }

  private static func stroke(_ path: String, _ colour: String, _ width: String) -> Markup {
    .element(
      "path", ["d": path, "stroke": colour, "stroke-width": width, "fill": "none"], [])
  }
}
