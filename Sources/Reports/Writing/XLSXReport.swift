internal import CXlsxWriter
internal import ExchangeRules
internal import Glibc
internal import Presentation

/// Writes a report's table as a workbook: numbers and days as such, totals and shares as formulas
/// beside their values, the headings frozen and on every printed page, A4 across.
enum XLSXReport {
  static func bytes(of report: Report) throws(ReportFailure) -> [UInt8] {
    let folder = try TemporaryWorkbook()
    defer { folder.remove() }
    guard let book = folder.workbook() else { throw ReportFailure(cause: "libxlsxwriter") }
    let sheet = XLSXSheet(report, in: book)
    sheet.write()
    let code = workbook_close(book)
    guard code == LXW_NO_ERROR, sheet.failure == LXW_NO_ERROR else {
      let failure = code == LXW_NO_ERROR ? sheet.failure : code
      throw ReportFailure(cause: String(cString: lxw_strerror(failure)))
    }
    return try folder.bytes()
  }
}

/// A folder of our own in which the library, which writes files alone, makes the workbook.
private struct TemporaryWorkbook {
  private let folder: String
  private var path: String { folder + "/report.xlsx" }

  init() throws(ReportFailure) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/xiecha-report-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ReportFailure(cause: "\(base): \(String(cString: strerror(errno)))")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func workbook() -> UnsafeMutablePointer<lxw_workbook>? {
    folder.withCString { folder in
      var options = lxw_workbook_options(
        constant_memory: 0, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
      return workbook_new_opt(path, &options)
    }
  }

  func bytes() throws(ReportFailure) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw ReportFailure(cause: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else { throw ReportFailure(cause: String(cString: strerror(errno))) }
    return bytes
  }

  func remove() {
    unlink(path)
    rmdir(folder)
  }
}
