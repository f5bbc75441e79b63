public import ExchangeRules
internal import Presentation

/// The work of townships or villages in a cycle as a report: sign-ins, what was reported, split and
/// answered, and what it is assessed by (S10).
public struct WorkReport: Sendable {
  /// An office with its work.
  public struct Part: Sendable, Hashable {
    /// The office.
    public var division: DivisionCode
    /// Its name; shown as it is.
    public var name: String
    /// What it is assessed by.
    public var work: WorkFigures
    /// Who works its exchange; empty: nobody is known.
    public var operators: String
    /// Working days of the month, and on how many of them somebody signed in; nil: nobody signs in
    /// for it where this was asked.
    public var signIns: (days: Int, signedIn: Int)?

    /// An office with its work.
    public init(
      _ division: DivisionCode, name: String, _ work: WorkFigures, operators: String,
      signIns: (days: Int, signedIn: Int)?
    ) {
      self.division = division
      self.name = name
      self.work = work
      self.operators = operators
      self.signIns = signIns
    }

    /// Two are the same when all that is shown is.
    public static func == (left: Self, right: Self) -> Bool {
      left.division == right.division && left.name == right.name && left.work == right.work
        && left.operators == right.operators && left.signIns?.days == right.signIns?.days
        && left.signIns?.signedIn == right.signIns?.signedIn
    }

    /// By the office.
    public func hash(into hasher: inout Hasher) { hasher.combine(division) }
  }

  /// The cycle.
  public let cycle: SubmissionCycle
  /// The rows.
  public let parts: [Part]

  /// A report.
  public init(cycle: SubmissionCycle, parts: [Part]) {
    self.cycle = cycle
    self.parts = parts
  }

  /// The report as a file has it.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - whose: The name of the office.
  ///   - made: When it is made, in milliseconds since 1970.
  /// - Returns: The table with its notes.
  public func report(in language: Language, of whose: String, made: Int64) -> Report {
    let asOf = parts.first.map { "\($0.work.figures.asOf)" } ?? ""
    return Report(
      language: language,
      title: language.text(
        "\(whose) \(cycle) 乡镇（街道）村（居）信息交换工作",
        "\(whose) \(cycle): the work of townships and villages"),
      facts: [
        language.text(
          "\(cycle) 周期，统计截至 \(asOf)；登录按 \(cycle.month) 月计",
          "cycle \(cycle), as of \(asOf); sign-ins are of the month \(cycle.month)"),
        language.text("制表 \(ChinaTime.text(made))", "made \(ChinaTime.text(made))"),
      ], table: table(in: language), notes: notes(in: language))
  }

  /// The columns that a terminal has room for.
  public static let shortColumns =
    [0, 1, 4, 5, 6, 8, 9, 10] + shares.indices.map { firstShare + $0 * 3 + 2 }
    + [firstShare + shares.count * 3]

  /// The place of the first share's count; its total and rate follow.
  private static let firstShare = 11

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    var columns: [ReportTable.Column] = [
      .init(language.text("代码", "code"), .identity), .init(language.word(.division), .text),
      .init(language.text("专职人员", "operator"), .text),
      .init(language.text("工作日", "working days"), .number),
      .init(language.text("缺勤", "not signed in"), .number),
      .init(language.text("上报", "reported"), .number),
      .init(language.text("应报未报", "short by"), .number),
      .init(language.text("全部上报", "reported by all"), .number),
      .init(language.text("占比", "share"), .share(count: 5, of: 7)),
      .init(language.text("分解", "split"), .number),
      .init(language.text("返回", "came back"), .number),
    ]
    for (chinese, english) in WorkReport.shares {
      let (place, group) = (columns.count, language.text(chinese, english))
      columns += [
        .init(language.text("数量", "count"), .number, group: group),
        .init(language.text("总数", "of"), .number, group: group),
        .init(language.text("率", "rate"), .share(count: place, of: place + 1), group: group),
      ]
    }
    columns.append(.init(language.word(.note), .text))
    var table = ReportTable(columns, isSummed: false)
    let all = parts.reduce(0) { $0 + $1.work.figures[.submitted] }
    for part in parts { table.add(cells(of: part, among: all, language)) }
    return table
  }

  /// What the reader is to know.
  public func notes(in language: Language) -> [String] {
    [
      language.text(
        "村（居）每月至少上报\(VillageDuty.least)条（S10.5）；质量为有据反馈占应反馈，应用为已办结占收到的反馈，"
          + "抽查为属实占已核查（S10.7）",
        "a village reports at least \(VillageDuty.least) a month (S10.5); quality: substantiated of what "
          + "had to be answered, use: closed of the answers got, spot checks: confirmed of those decided "
          + "(S10.7)")
    ]
  }

  // MARK: Cells

  private static let shares = [
    ("接收", "receipt"), ("反馈", "feedback"), ("质量", "quality"), ("应用", "use"),
    ("抽查", "spot checks"),
  ]

  private func cells(of part: Part, among all: Int, _ language: Language) -> [ReportCell] {
    let work = part.work
    let reported = work.figures[.submitted]
    var cells: [ReportCell] = [
      .identity("\(part.division)"), .text(part.name), .text(part.operators),
      part.signIns.map { .number($0.days) } ?? .missing,
      part.signIns.map { .number($0.days - $0.signedIn) } ?? .missing,
      .number(reported),
      part.division.level == .village ? .number(max(0, VillageDuty.least - reported)) : .missing,
      .number(all), .share(count: reported, of: all), .number(work.split), .number(work.cameBack),
    ]
    let shares: [WorkFigures.Share] = [
      work.receipt, work.feedback, work.quality, work.use, (work.confirmed, work.checked),
    ]
    for share in shares {
      cells += [
        .number(share.count), .number(share.of), .share(count: share.count, of: share.of),
      ]
    }
    cells.append(.text(note(on: part, language)))
    return cells
  }

  private func note(on part: Part, _ language: Language) -> String {
    var notes: [String] = []
    if part.division.level == .township, part.operators.isEmpty {
      notes.append(language.text("未见专职人员（S10.1）", "no operator is known (S10.1)"))
    }
    if let signIns = part.signIns, signIns.signedIn < signIns.days {
      notes.append(language.text("未每日登录（S10.1）", "not signed in daily (S10.1)"))
    }
    let reported = part.work.figures[.submitted]
    if part.division.level == .village, !VillageDuty.check(reported: reported).isMet {
      notes.append(language.text("上报不足（S10.5）", "too few reported (S10.5)"))
    }
    if part.work.figures.isBelowLine {
      let line = "\(FeedbackRate.requiredPercent)%"
      notes.append(language.text("低于\(line)（S6.1）", "below \(line) (S6.1)"))
    }
    return notes.joined(separator: "; ")
  }
}
