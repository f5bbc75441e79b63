internal import CZip

/// A workbook that a test makes, part by part, as programs write them.
public struct MadeWorkbook {
  /// A sheet of it.
  public struct Sheet {
    /// The name on its tab.
    public var name: String
    /// What stands in its `sheetData`.
    public var rows: String
    /// What stands behind it, such as merged cells.
    public var behind = ""
    /// `visible`, `hidden` or `veryHidden`.
    public var state = "visible"

    /// A sheet with rows as XML.
    public init(_ name: String, rows: String, behind: String = "", state: String = "visible") {
      self.name = name
      self.rows = rows
      self.behind = behind
      self.state = state
    }

    /// A sheet with texts in its cells, row by row; an empty one is no cell.
    public init(_ name: String, texts: [[String]]) {
      let rows = texts.enumerated().map { row, cells in
        let cells = cells.enumerated().filter { !$0.element.isEmpty }.map { column, text in
          let place = "\(UnicodeScalar(UInt8(0x41 + column)))\(row + 1)"
          return
            "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(MadeWorkbook.escaped(text))</t></is></c>"
        }
        return "<row r=\"\(row + 1)\">\(cells.joined())</row>"
      }
      self.init(name, rows: rows.joined())
    }
  }

  /// In the order of the tabs.
  public var sheets: [Sheet]
  /// The shared texts, as the `si` elements.
  public var shared = ""
  /// Format codes by number, from 164 on.
  public var formats: [Int: String] = [:]
  /// The format of each style.
  public var styles: [Int] = [0]
  /// Attributes of `workbookPr`.
  public var properties = ""
  /// Parts that take the place of those made, or stand beside them.
  public var otherParts: [String: [UInt8]] = [:]

  /// A workbook of some sheets.
  public init(_ sheets: Sheet...) {
    self.sheets = sheets
  }

  /// Writes it.
  public func write(to path: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw Failure.zip(Int(code))
    }
    var copies: [UnsafeMutableRawBufferPointer] = []
    defer { for copy in copies { copy.deallocate() } }
    for (name, bytes) in parts().sorted(by: { $0.key < $1.key }) {
      // The archive reads the bytes when it is closed.
      let copy = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, bytes.count), alignment: 1)
      copy.copyBytes(from: bytes)
      let source = zip_source_buffer_create(copy.baseAddress, zip_uint64_t(bytes.count), 0, nil)
      guard let source, zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0
      else { throw Failure.zip(-1) }
      copies.append(copy)
    }
    guard zip_close(archive) == 0 else { throw Failure.zip(-2) }
  }

  private enum Failure: Error {
    case zip(Int)
  }

  private func parts() -> [String: [UInt8]] {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    func link(_ id: String, _ kind: String, _ target: String) -> String {
      "<Relationship Id=\"\(id)\" Type=\"\(office)/\(kind)\" Target=\"\(target)\"/>"
    }
    var parts: [String: String] = [
      "_rels/.rels":
        "<Relationships xmlns=\"\(package)\">\(link("rId1", "officeDocument", "xl/workbook.xml"))</Relationships>",
      "xl/workbook.xml":
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><workbookPr \(properties)/><sheets>"
        + sheets.enumerated().map { index, sheet in
          "<sheet name=\"\(MadeWorkbook.escaped(sheet.name))\" sheetId=\"\(index + 1)\" "
            + "state=\"\(sheet.state)\" r:id=\"rId\(index + 1)\"/>"
        }.joined() + "</sheets></workbook>",
      "xl/_rels/workbook.xml.rels":
        "<Relationships xmlns=\"\(package)\">"
        + sheets.indices.map { link("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
        .joined() + link("rId900", "styles", "styles.xml")
        + link("rId901", "sharedStrings", "sharedStrings.xml") + "</Relationships>",
      "xl/sharedStrings.xml": "<sst xmlns=\"\(main)\">\(shared)</sst>",
      "xl/styles.xml":
        "<styleSheet xmlns=\"\(main)\"><numFmts>"
        + formats.map {
          "<numFmt numFmtId=\"\($0.key)\" formatCode=\"\(MadeWorkbook.escaped($0.value))\"/>"
        }.joined()
        + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
        + styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined() + "</cellXfs></styleSheet>",
    ]
    for (index, sheet) in sheets.enumerated() {
      parts["xl/worksheets/sheet\(index + 1).xml"] =
        "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData>\(sheet.behind)</worksheet>"
    }
    var bytes = parts.mapValues { Array((head + $0).utf8) }
    bytes.merge(otherParts) { $1 }
    return bytes
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
