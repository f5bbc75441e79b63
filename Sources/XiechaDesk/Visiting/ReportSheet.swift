import ExchangeRules
import HTTPTypes
import Hummingbird
import Presentation
import Reports

/// A report on a page, with the files that it can be taken along as; a file is never kept here.
struct ReportSheet {
  let report: Report
  /// The page's path; each format is one below it.
  let path: String
  /// The page's filters, which the files have too.
  let query: FormFields

  /// The report as a section of a page.
  func markup() -> [Markup] {
    [ReportSheet.downloads(of: path, query, report.language)]
      + [.element("section", ["class": "report"], [.leaf("h2", [:], report.title)] + report.markup)]
  }

  /// Links to the files.
  static func downloads(of path: String, _ query: FormFields, _ language: Language) -> Markup {
    let tail = query.pairs.isEmpty ? "" : "?\(query.encoded)"
    return .element(
      "p", ["class": "row no-print"],
      [.text(language.text("下载", "download"))]
        + ReportFormat.allCases.map { format in
          .leaf(
            "a", ["class": "button", "href": "\(path)/\(format.rawValue)\(tail)"],
            ReportSheet.label(of: format, language))
        })
  }

  private static func label(of format: ReportFormat, _ language: Language) -> String {
    switch format {
    case .csv: "CSV"
    case .xlsx: "XLSX"
    case .html: language.text("打印版（含图）", "to print, with charts")
    }
  }

  /// The format that the last part of an address names.
  static func format(_ parameters: Parameters) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: parameters.get("format") ?? "") else {
      throw HTTPError(.notFound)
    }
    return format
  }

  /// The report as a file; the name is the program's own.
  static func file(
    _ report: Report, as format: ReportFormat, named name: String
  ) throws -> Response {
    let type =
      switch format {
      case .csv: "text/csv"
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      case .html: "text/html; charset=utf-8"
      }
    let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return Replies.file(
      try format.bytes(of: report), type: type, name: "\(plain).\(format.rawValue)")
  }
}
