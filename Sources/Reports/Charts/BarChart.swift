public import Presentation

/// Bars that lie, one for each row, each of parts: rates, scores, ages.
public struct BarChart: ReportChart {
  /// A bar.
  public struct Bar: Sendable, Hashable {
    /// What it is of.
    public var label: String
    /// The lengths of its parts, in the order of the legend.
    public var parts: [Int]
    /// What stands at its end.
    public var text: String

    /// A bar.
    public init(_ label: String, parts: [Int], text: String) {
      self.label = label
      self.parts = parts
      self.text = text
    }
  }

  /// A line across all bars.
  public struct Line: Sendable, Hashable {
    /// Where.
    public var value: Int
    /// What it is.
    public var label: String
  }

  /// What stands above it.
  public let title: String
  /// The name of each part.
  public let legend: [String]
  /// From top to bottom.
  public let bars: [Bar]
  /// The longest length that is to find room; at least 1.
  public let longest: Int
  /// A line to be held against.
  public let line: Line?

  /// So many bars fit a printed page with its heading.
  static let barsOnPage = 24
  private static let (width, left, right, step, top) = (1000, 180, 90, 22, 52)

  /// A chart.
  public init(
    title: String, legend: [String], bars: [Bar], longest: Int? = nil, line: Line? = nil
  ) {
    self.title = title
    self.legend = legend
    self.bars = bars
    self.line = line
    let sums = bars.map { $0.parts.reduce(0) { $0.addingReportingOverflow(max(0, $1)).0 } }
    self.longest = max(1, longest ?? sums.max() ?? 1)
  }

  /// A drawing for each printed page.
  public var drawings: [Markup] {
    stride(from: 0, to: bars.count, by: BarChart.barsOnPage).map { first in
      drawing(of: bars[first..<min(first + BarChart.barsOnPage, bars.count)])
    }
  }

  private func drawing(of bars: ArraySlice<Bar>) -> Markup {
    let height = BarChart.top + bars.count * BarChart.step + 10
    var shapes = Drawing.legend(legend, left: BarChart.left)
    for (row, bar) in bars.enumerated() { shapes += self.shapes(of: bar, row: row) }
    if let line {
      let x = self.x(line.value)
      shapes.append(
        Drawing.line((x, BarChart.top - 8), (x, height - 6), width: 2, dashes: "7 4"))
      shapes.append(
        Drawing.text(line.label, (x, BarChart.top - 12), anchor: "middle", isBold: true))
    }
    return Drawing.svg(width: BarChart.width, height: height, title: title, shapes)
  }

  private func shapes(of bar: Bar, row: Int) -> [Markup] {
    let y = BarChart.top + row * BarChart.step
    let base = y + BarChart.step - 7
    var shapes = [Drawing.text(bar.label, (BarChart.left - 8, base), anchor: "end")]
    var length = 0
    for (part, value) in bar.parts.enumerated() where value > 0 {
      let end = length.addingReportingOverflow(value).partialValue
      let (from, to) = (x(length), x(end))
      shapes.append(
        Drawing.box(
          (from, y + 2), (max(1, to - from), BarChart.step - 6), fill: ChartFill(part: part)))
      length = end
    }
    // Where a line crosses the bars, the texts stand beyond it.
    let end = line == nil ? x(length) : BarChart.width - BarChart.right
    shapes.append(Drawing.text(bar.text, (end + 6, base), anchor: "start"))
    return shapes
  }

  private func x(_ value: Int) -> Int {
    let room = BarChart.width - BarChart.left - BarChart.right
    let held = min(max(0, value), longest)
    return BarChart.left + Int(Int128(held) * Int128(room) / Int128(longest))
  }
}
