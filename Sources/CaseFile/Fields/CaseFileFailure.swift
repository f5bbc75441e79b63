public import ExchangeRules
internal import Workbook

/// Why a case file cannot be imported at all.
public struct CaseFileFailure: Error, Sendable, Hashable {
  /// The kinds of failure; the raw value is a stable word for programs.
  public enum Reason: String, Sendable, Hashable {
    case cannotRead
    case isEmpty
    case isSpreadsheet
    case isMarkup
    case damagedWorkbook
    case workbookTooLarge
    case noSuchSheet
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
    .isSpreadsheet,
    chinese: "这是旧格式（XLS、ET 等）或有密码的电子表格：请取消密码，在表格软件中另存为 XLSX 或 CSV",
    english:
      "this is a spreadsheet of an older format (XLS, ET) or with a password: take the password off "
      + "and save it as XLSX or CSV")
  static let markup = CaseFileFailure(
    .isMarkup, chinese: "这是网页或 XML 文件，不是电子表格：请在表格软件中打开，另存为 XLSX 或 CSV",
    english: "this is a web page or XML, no spreadsheet: open it in one and save it as XLSX or CSV")

  /// A workbook that cannot be read.
  init(_ failure: WorkbookFailure) {
    switch failure.reason {
    case .otherFormat: self = .spreadsheet
    case .unreadable, .damaged:
      self.init(
        .damagedWorkbook,
        chinese: "电子表格文件不完整或已损坏（\(failure.detail)）：请在表格软件中打开，重新另存为 XLSX",
        english:
          "the workbook is incomplete or damaged (\(failure.detail)): open it in a spreadsheet and "
          + "save it as XLSX again")
    case .tooLarge:
      self.init(
        .workbookTooLarge,
        chinese: "电子表格解压后过大（\(failure.detail)），不予读取：请只保留数据行，或分成几个文件",
        english:
          "the workbook is too large when unpacked (\(failure.detail)): keep only the rows with data, "
          + "or make several files")
    }
  }

  /// A sheet of another name than the file's; a text file has none.
  static func noSheet(named names: [String]) -> CaseFileFailure {
    guard !names.isEmpty else {
      return CaseFileFailure(
        .noSuchSheet, chinese: "这不是 XLSX 文件，没有工作表：请去掉 --sheet",
        english: "this is no XLSX file and has no sheets: leave out --sheet")
    }
    return CaseFileFailure(
      .noSuchSheet, chinese: "没有这个工作表；文件中有：\(names.joined(separator: "、"))",
      english: "there is no such sheet; the file has: \(names.joined(separator: ", "))")
  }

  /// `merged` names the merged cells of the heading row, which hide headings.
  static func missing(_ fields: [CaseField], merged: [String]) -> CaseFileFailure {
    let names = fields.map { "“\($0.heading)”" }.joined()
    let english = fields.map { "\($0.heading) (\($0.rawValue))" }.joined(separator: ", ")
    let places = merged.joined(separator: "、")
    return CaseFileFailure(
      .missingHeadings,
      chinese: "标题行缺少\(names)：请补上这些列"
        + (merged.isEmpty ? "" : "；标题行有合并的单元格（\(places)），请取消合并，每列写一个标题"),
      english: "headings are missing: \(english); add these columns"
        + (merged.isEmpty
          ? "" : "; cells of the heading row are merged (\(places)): part them, a heading a column")
    )
  }

  static let noHeadings = CaseFileFailure(
    .noHeadings,
    chinese: "前\(CaseFileLimits.titleRows + 1)行里没有标题行：第一行应是“姓名、公民身份号码、现居住地编码……”等标题",
    english:
      "no heading row in the first \(CaseFileLimits.titleRows + 1) rows: the first row names the "
      + "columns (姓名, 公民身份号码, 现居住地编码 …)")
}
