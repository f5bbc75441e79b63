public import ExchangeRules

/// Why a case file cannot be imported at all.
public struct CaseFileFailure: Error, Sendable, Hashable {
  /// The kinds of failure; the raw value is a stable word for programs.
  public enum Reason: String, Sendable, Hashable {
    case cannotRead
    case isEmpty
    case isSpreadsheet
    case isUTF16
    case noHeadings
    case missingHeadings
    case cannotWrite
  }

  /// The kind.
  public var reason: Reason
  /// What is wrong and what to do.
  public var text: BilingualText

  /// A failure with its text.
  public init(_ reason: Reason, chinese: String, english: String) {
    self.reason = reason
    text = BilingualText(chinese: chinese, english: english)
  }

  static let empty = CaseFileFailure(
    .isEmpty, chinese: "文件是空的", english: "the file is empty")
  static let spreadsheet = CaseFileFailure(
    .isSpreadsheet, chinese: "这是电子表格文件而不是 CSV：请在表格软件中另存为“CSV（逗号分隔）”",
    english: "this is a spreadsheet, not CSV: save it as CSV (comma separated)")
  static let utf16 = CaseFileFailure(
    .isUTF16, chinese: "文件是 UTF-16 编码：请另存为“CSV UTF-8”",
    english: "the file is in UTF-16: save it as CSV UTF-8")

  static func missing(_ fields: [CaseField]) -> CaseFileFailure {
    let names = fields.map { "“\($0.heading)”" }.joined()
    let english = fields.map { "\($0.heading) (\($0.rawValue))" }.joined(separator: ", ")
    return CaseFileFailure(
      .missingHeadings, chinese: "标题行缺少\(names)：请补上这些列",
      english: "headings are missing: \(english); add these columns")
  }

  static let noHeadings = CaseFileFailure(
    .noHeadings,
    chinese: "前\(CaseFileLimits.titleRows + 1)行里没有标题行：第一行应是“姓名、公民身份号码、现居住地编码……”等标题",
    english:
      "no heading row in the first \(CaseFileLimits.titleRows + 1) rows: the first row names the "
      + "columns (姓名, 公民身份号码, 现居住地编码 …)")
}
