import CaseFile
import ExchangeRules
import Foundation
import ReferenceData
import Testing

/// A case file of one row that is right, to be spoiled by a test cell by cell.
///
/// The number is synthetic: a county that was abolished before the birth date.
struct CaseText {
  static let number = "440726199107031224"

  var headings = [
    "姓名", "公民身份号码", "现居住地编码", "现居住地地址", "户籍地编码", "户籍地地址",
  ]
  var rows = [
    [
      "王样例", CaseText.number, "440306018", "西乡街道示例路1号", "441702102201", "埠场镇样例村2号",
    ]
  ]

  /// With cells changed or added by heading.
  init(_ cells: KeyValuePairs<String, String> = [:]) {
    for (heading, cell) in cells {
      if let column = headings.firstIndex(of: heading) {
        rows[0][column] = cell
      } else {
        headings.append(heading)
        rows[0].append(cell)
      }
    }
  }

  var text: String {
    ([headings] + rows).map { $0.map(CaseText.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  var gb18030: [UInt8] { CaseText.gb18030(text) }

  static func gb18030(_ text: String) -> [UInt8] {
    // The number of GB18030 in Core Foundation, with the flag that makes it a String.Encoding.
    let encoding = String.Encoding(rawValue: 0x8000_0632)
    return text.data(using: encoding).map { Array($0) } ?? []
  }

  static func options(entering: String = "440306018", mayKeep: Bool = false) throws
    -> CaseFileOptions
  {
    try CaseFileOptions(
      enteringDivision: #require(DivisionCode(entering)),
      day: #require(CivilDate(year: 2026, month: 11, day: 24)), register: .national,
      tables: .national, mayKeepDoubtfulNumbers: mayKeep)
  }

  /// Reads bytes in pieces of a size.
  static func reader(_ bytes: [UInt8], pieces: Int = 1 << 16, options: CaseFileOptions) throws
    -> CaseFileReader
  {
    var rest = bytes[...]
    return try CaseFileReader(options: options) { () throws(CaseFileFailure) -> [UInt8] in
      let piece = Array(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      return piece
    }
  }

  /// All entries of a file.
  static func entries(
    _ bytes: [UInt8], pieces: Int = 1 << 16, options: CaseFileOptions? = nil
  ) throws -> (rows: [CaseRow], rejected: [RejectedRow]) {
    let reader = try reader(
      bytes, pieces: pieces, options: options ?? CaseText.options())
    var rows: [CaseRow] = []
    var rejected: [RejectedRow] = []
    while let entry = try reader.next() {
      switch entry {
      case .row(let row, _): rows.append(row)
      case .rejected(let row): rejected.append(row)
      }
    }
    return (rows, rejected)
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains { $0 == "," || $0 == "\"" || $0 == "\n" }
      ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}
