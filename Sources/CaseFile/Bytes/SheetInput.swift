import Workbook

/// The rows of a workbook's sheet as records of a case file, in UTF-8.
struct SheetInput: RecordInput {
  /// The sheet's name.
  let name: String

  let encoding: CaseFileEncoding? = .utf8WithMark
  let separator: UInt8 = 0x2C

  private let rows: SheetRows

  init(_ sheet: Workbook.Sheet, of book: Workbook) throws(CaseFileFailure) {
    name = sheet.name
    do throws(WorkbookFailure) {
      rows = try book.rows(of: sheet)
    } catch {
      throw CaseFileFailure(error)
    }
  }

  func next() throws(CaseFileFailure) -> FileRecord? {
    do throws(WorkbookFailure) {
      return try rows.next().map(SheetInput.record)
    } catch {
      throw CaseFileFailure(error)
    }
  }

  private static func record(_ row: SheetRow) -> FileRecord {
    var record = FileRecord(line: row.number, cells: row.cells)
    record.isHidden = row.isHidden
    if row.isTooLong { record.problem = .tooLong }
    if row.hasTooManyCells { record.problem = .tooManyCells }
    record.faults = row.faults.mapValues { fault in
      switch fault {
      case .noValue: .noSavedValue
      case .merged(let place): .merged(into: "\(place)")
      case .noSuchDay: .noSuchDay
      }
    }
    return record
  }
}
