public import ExchangeRules
internal import Presentation

/// A roster as a report: the subjects that a township has submitted and fed back, masked (S10.6, G3).
public struct RosterReport: Sendable {
  /// A subject.
  public struct Row: Sendable, Hashable {
    /// The item, as people name it.
    public var item: String
    /// What was exchanged of her.
    public var category: String
    /// Her name, masked.
    public var name: String
    /// Her number, masked.
    public var citizenID: String
    /// The township has fed it back; else submitted it.
    public var isFedBack: Bool
    /// On which day.
    public var day: CivilDate
    /// What was found, of what was fed back.
    public var finding: String

    /// A subject.
    public init(
      item: String, category: String, name: String, citizenID: String, isFedBack: Bool,
      day: CivilDate, finding: String
    ) {
      self.item = item
      self.category = category
      self.name = name
      self.citizenID = citizenID
      self.isFedBack = isFedBack
      self.day = day
      self.finding = finding
    }
  }

  /// The subjects.
  public let rows: [Row]

  /// A report of subjects.
  public init(_ rows: [Row]) { self.rows = rows }

  /// The report as a file has it.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - whose: The name of the township.
  ///   - month: The month of the cycle.
  ///   - sent: When it was sent, in milliseconds since 1970.
  /// - Returns: The table.
  public func report(
    in language: Language, of whose: String, _ month: CycleMonth, sent: Int64
  ) -> Report {
    let fedBack = rows.count(where: \.isFedBack)
    return Report(
      language: language,
      title: language.text("\(whose) \(month) 育龄妇女信息花名册", "\(whose) \(month): roster"),
      facts: [
        language.text(
          "提交 \(rows.count - fedBack) 人，反馈 \(fedBack) 人",
          "submitted: \(rows.count - fedBack), fed back: \(fedBack)"),
        language.text("上报 \(ChinaTime.text(sent))", "sent \(ChinaTime.text(sent))"),
      ], table: table(in: language))
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    var table = ReportTable(
      [
        .init(language.word(.item), .identity), .init(language.word(.name), .text),
        .init(language.word(.citizenID), .identity), .init(language.word(.category), .text),
        .init(language.text("提交／反馈", "submitted or fed back"), .text),
        .init(language.text("日期", "day"), .date), .init(language.word(.finding), .text),
      ], isSummed: false)
    for row in rows {
      table.add([
        .identity(row.item), .text(row.name), .identity(row.citizenID), .text(row.category),
        .text(row.isFedBack ? language.text("反馈", "fed back") : language.text("提交", "submitted")),
        .date(row.day), .text(row.finding),
      ])
    }
    return table
  }
}
