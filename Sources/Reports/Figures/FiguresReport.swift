public import ExchangeRules
internal import Presentation

/// The figures of a cycle as a report: a row for each division, held against the whole (S5, S6, S11.1).
public struct FiguresReport: Sendable {
  /// A division with its figures.
  public struct Part: Sendable, Hashable {
    /// The division.
    public var division: DivisionCode
    /// Its name; shown as it is.
    public var name: String
    /// Its figures.
    public var figures: CycleFigures

    /// A division with its figures.
    public init(_ division: DivisionCode, name: String, _ figures: CycleFigures) {
      self.division = division
      self.name = name
      self.figures = figures
    }
  }

  /// The cycle.
  public let cycle: SubmissionCycle
  /// The rows.
  public let parts: [Part]
  /// The division that the rows are parts of, as it was counted by itself; nil: it is the one row.
  public let whole: Part?
  /// The figures of all as of each day, in order, for the days of the cycle; empty: not asked for.
  public var days: [CycleFigures] = []
  /// The figures of all in this cycle and those before it, as of one day, in order; empty: not asked for.
  public var cycles: [CycleFigures] = []

  /// A report without charts of days and cycles.
  public init(cycle: SubmissionCycle, parts: [Part], whole: Part?) {
    self.cycle = cycle
    self.parts = parts
    self.whole = whole
  }

  /// The place of a figure's column.
  public static func column(of measure: FigureMeasure) -> Int {
    // The code and the name come first.
    1 + measure.rawValue
  }
  /// The columns that name the division.
  public static let nameColumns = [0, 1]
  /// The columns of the rate and of what is noted.
  public static let rateColumns = [
    column(of: .queriesFedBack) + 1, column(of: .queriesFedBack) + 2,
  ]

  /// The report.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - made: When it is made, in milliseconds since 1970.
  /// - Returns: The table, and the charts for which the figures are there.
  public func report(in language: Language, made: Int64) -> Report {
    var charts: [any ReportChart] = [rates(language)]
    if !days.isEmpty { charts.append(rhythm(language)) }
    if !cycles.isEmpty { charts.append(ages(language)) }
    let table = table(in: language)
    return Report(
      language: language, title: title(language),
      facts: [period(in: language)] + [
        language.text("规则 \(CycleFigures.rules)", "rules \(CycleFigures.rules)"),
        language.text("制表 \(ChinaTime.text(made))", "made \(ChinaTime.text(made))"),
      ], table: table, charts: charts, notes: FiguresReport.notes(on: table, language))
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    let figures = FigureMeasure.allCases.map {
      ReportTable.Column($0.label[language], .number)
    }
    var table = ReportTable(
      [
        .init(language.text("代码", "code"), .identity), .init(language.word(.division), .text),
      ] + figures + [
        .init(
          language.text("反馈率", "rate"),
          .share(
            count: FiguresReport.column(of: .queriesFedBack),
            of: FiguresReport.column(of: .queries))),
        .init(language.word(.note), .text),
      ], isSummed: whole != nil, whole: whole.map { cells(of: $0, language) })
    for part in parts { table.add(cells(of: part, language)) }
    return table
  }

  /// The cycle's days, and as of when.
  public func period(in language: Language) -> String {
    let days = "\(cycle.first) … \(cycle.last)"
    let closing = cycle.receiptCycle.last
    let asOf = parts.first.map { "\($0.figures.asOf)" } ?? ""
    return language.text(
      "\(cycle) 周期（提交 \(days)，接收反馈至 \(closing)），统计截至 \(asOf)",
      "cycle \(cycle) (submitted \(days), received and fed back through \(closing)), as of \(asOf)")
  }

  // MARK: Table

  private func cells(of part: Part, _ language: Language) -> [ReportCell] {
    let figures = part.figures
    return [.identity("\(part.division)"), .text(part.name)]
      + FigureMeasure.allCases.map { .number(figures[$0]) }
      + [
        .share(count: figures[.queriesFedBack], of: figures[.queries]),
        .text(FiguresReport.note(on: figures, language)),
      ]
  }

  private static func note(on figures: CycleFigures, _ language: Language) -> String {
    var notes: [String] = []
    if figures.isBelowLine {
      let line = "\(FeedbackRate.requiredPercent)%"
      notes.append(language.text("低于\(line)（S6.1）", "below \(line) (S6.1)"))
    }
    if figures.hasNoSubmission {
      notes.append(language.text("无提交（S6.2）", "no submission (S6.2)"))
    }
    return notes.joined(separator: "; ")
  }

  private func title(_ language: Language) -> String {
    let named = whole ?? (parts.count == 1 ? parts.first : nil)
    let whose = named.map { "\($0.name) \($0.division) " } ?? ""
    return language.text("\(whose)信息交换周期数字", "\(whose)figures of the exchange")
  }

  private static func notes(on table: ReportTable, _ language: Language) -> [String] {
    var notes = [
      language.text(
        "“提交”是本地提出的，其余各项是别人向本地提出的；反馈率向下取整",
        "“submitted” is what the division asked others, all the rest what others asked of it; rates "
          + "are rounded down")
    ]
    if table.gaps.contains(where: { $0.missing ?? 0 > 0 }) {
      notes.append(
        language.text(
          "差额为地点未明确到所列级别的信息，计入总数而不计入任何一项；或查询期间数字有变动",
          "what is missing are items whose place is not known as precisely as the rows are, or "
            + "something happened while the figures were asked for"))
    }
    return notes
  }

  // MARK: Charts

  private func rates(_ language: Language) -> BarChart {
    let line = FeedbackRate.requiredPercent
    // Who was asked nothing owes nothing, and has no bar.
    let bars = parts.filter { $0.figures.rate.queries > 0 }.map { part in
      let rate = part.figures.rate
      let length = rate.permille ?? 0
      let isBelow = part.figures.isBelowLine
      return BarChart.Bar(
        part.name, parts: isBelow ? [0, length] : [length, 0],
        text: rate.text + (isBelow ? " ▼" : ""))
    }
    return BarChart(
      title: language.text(
        "反馈率与\(line)%线（S6.1）", "feedback rates against the \(line) % line (S6.1)"),
      legend: [
        language.text("达到\(line)%", "at \(line) % or over"),
        language.text("低于\(line)% ▼", "under \(line) % ▼"),
      ], bars: bars, longest: 1000, line: .init(value: line * 10, label: "\(line)%"))
  }

  /// What came to each count on each day: the figures as of it without those as of the day before.
  private func rhythm(_ language: Language) -> RhythmChart {
    let measures: [FigureMeasure] = [.submitted, .receivedInCycle, .fedBackInCycle]
    var before = measures.map { _ in 0 }
    let days = days.map { figures in
      let now = measures.map { figures[$0] }
      defer { before = now }
      return RhythmChart.Day(figures.asOf, zip(now, before).map { max(0, $0 - $1) })
    }
    let closing = cycle.receiptCycle.last
    return RhythmChart(
      title: language.text(
        "每日节奏与\(SubmissionCycle.closingDay)日、\(ReceiptCycle.closingDay)日（S5.1）",
        "day by day, against the \(SubmissionCycle.closingDay)th and the "
          + "\(ReceiptCycle.closingDay)th (S5.1)"),
      legend: measures.map { $0.label[language] }, days: days,
      closings: [
        (
          cycle.last,
          language.text("\(cycle.last.day)日截止提交", "\(cycle.last.day)th: submissions close")
        ),
        (closing, language.text("\(closing.day)日截止反馈", "\(closing.day)th: feedback closes")),
      ])
  }

  private func ages(_ language: Language) -> BarChart {
    let bars = cycles.map { figures in
      BarChart.Bar(
        "\(figures.cycle)", parts: [figures[.open], figures[.neverDone]],
        text: "\(figures[.open]) + \(figures[.neverDone])")
    }
    return BarChart(
      title: language.text(
        "未反馈信息按提交周期的账龄（S6.6）", "what is not answered, by the cycle of its submission (S6.6)"),
      legend: [FigureMeasure.open.label[language], FigureMeasure.neverDone.label[language]],
      bars: bars)
  }
}
