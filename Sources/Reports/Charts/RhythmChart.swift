public import ExchangeRules
public import Presentation

/// What happened day by day in a cycle, against the days that close it (S5.1): the 20th for
/// submissions, the 27th for receipt and feedback.
public struct RhythmChart: ReportChart {
  /// A day.
  public struct Day: Sendable, Hashable {
    /// Which.
    public var day: CivilDate
    /// How many of each kind.
    public var counts: [Int]

    /// A day.
    public init(_ day: CivilDate, _ counts: [Int]) {
      self.day = day
      self.counts = counts
    }
  }

  /// What stands above it.
  public let title: String
  /// The name of each kind.
  public let legend: [String]
  /// In order.
  public let days: [Day]
  /// The days that close something, with what it is.
  public let closings: [(day: CivilDate, label: String)]

  private static let (width, left, right, row, top) = (1000, 70, 20, 90, 44)

  /// A chart.
  public init(
    title: String, legend: [String], days: [Day], closings: [(day: CivilDate, label: String)]
  ) {
    self.title = title
    self.legend = legend
    self.days = days
    self.closings = closings
  }

  /// A strip of columns for each kind, under each other over the same days: no two kinds share a place,
  /// so that none hides another.
  public var drawings: [Markup] {
    guard !days.isEmpty else { return [] }
    let height = RhythmChart.top + legend.count * RhythmChart.row + 24
    var shapes = Drawing.legend(legend, left: RhythmChart.left)
    for kind in legend.indices { shapes += strip(of: kind) }
    let end = RhythmChart.top + legend.count * RhythmChart.row
    for (place, day) in days.enumerated() where day.day.day % 5 == 0 || place == 0 {
      shapes.append(
        Drawing.text("\(day.day.month)-\(day.day.day)", (middle(place), end + 18), anchor: "middle")
      )
    }
    for closing in closings {
      guard let place = days.firstIndex(where: { $0.day == closing.day }) else { continue }
      let x = middle(place) + step / 2
      shapes.append(
        Drawing.line((x, RhythmChart.top - 4), (x, end + 4), width: 2, dashes: "7 4"))
      shapes.append(
        Drawing.text(closing.label, (x, RhythmChart.top - 8), anchor: "end", isBold: true))
    }
    return [Drawing.svg(width: RhythmChart.width, height: height, title: title, shapes)]
  }

  private var step: Int { (RhythmChart.width - RhythmChart.left - RhythmChart.right) / days.count }

  private func middle(_ place: Int) -> Int { RhythmChart.left + place * step + step / 2 }

  private func strip(of kind: Int) -> [Markup] {
    let base = RhythmChart.top + (kind + 1) * RhythmChart.row
    let most = max(1, days.map { $0.counts[kind] }.max() ?? 1)
    let room = RhythmChart.row - 18
    var shapes = [
      Drawing.line((RhythmChart.left, base), (RhythmChart.width - RhythmChart.right, base)),
      Drawing.line(
        (RhythmChart.left, base - room), (RhythmChart.width - RhythmChart.right, base - room),
        dashes: "1 4"),
      Drawing.text("\(most)", (RhythmChart.left - 6, base - room + 5), anchor: "end"),
      Drawing.text("0", (RhythmChart.left - 6, base), anchor: "end"),
    ]
    for (place, day) in days.enumerated() where day.counts[kind] > 0 {
      let height = max(1, Int(Int128(day.counts[kind]) * Int128(room) / Int128(most)))
      shapes.append(
        Drawing.box(
          (middle(place) - step / 2 + 2, base - height), (max(2, step - 4), height),
          fill: ChartFill(part: kind)))
    }
    return shapes
  }
}
