import Workbook

/// A workbook as a case file: in which of its sheets the cases are.
enum CaseFileBook {
  /// The sheet that is read, and what is to be told of the others.
  struct Choice {
    var input: SheetInput
    var found: HeadingSearch.Found
    /// Other sheets that are visible and hold anything.
    var others: [String]
  }

  /// Opens the sheet of a name or, where none is asked for, the first visible one with the headings
  /// of a case file: in front of it people keep notes on how to fill it in.
  static func choose(_ name: String?, of path: String) throws(CaseFileFailure) -> Choice {
    let book = try open(path)
    let visible = try sheets(of: book)
    let candidates = name.map { name in book.sheets.filter { $0.name == name } } ?? visible
    if candidates.isEmpty {
      throw name == nil ? .empty : .noSheet(named: book.sheets.map(\.name))
    }
    var failure: CaseFileFailure?
    for sheet in candidates {
      var input: any RecordInput = try SheetInput(sheet, of: book)
      do throws(CaseFileFailure) {
        let found = try HeadingSearch.run(&input)
        guard let input = input as? SheetInput else { continue }
        return Choice(
          input: input, found: found, others: visible.filter { $0 != sheet }.map(\.name))
      } catch {
        // What is nearest to a case file is worth telling.
        if failure == nil || error.reason == .missingHeadings { failure = error }
      }
    }
    throw failure ?? .empty
  }

  /// The first visible sheet that holds anything.
  static func first(of path: String) throws(CaseFileFailure) -> SheetInput {
    let book = try open(path)
    guard let sheet = try sheets(of: book).first else { throw .empty }
    return try SheetInput(sheet, of: book)
  }

  private static func open(_ path: String) throws(CaseFileFailure) -> Workbook {
    do throws(WorkbookFailure) {
      return try Workbook(path: path)
    } catch {
      throw CaseFileFailure(error)
    }
  }

  private static func sheets(of book: Workbook) throws(CaseFileFailure) -> [Workbook.Sheet] {
    do throws(WorkbookFailure) {
      return try book.visibleSheets()
    } catch {
      throw CaseFileFailure(error)
    }
  }
}
