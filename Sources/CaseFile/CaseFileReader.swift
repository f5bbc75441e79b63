import ExchangeRules

/// Reads a case file row by row: each call of ``next()`` gives a case or a row that is not taken.
///
/// It holds one piece of the file at a time, so the size of a file does not matter. Not for use
/// from several tasks at once.
public final class CaseFileReader {
  /// What was read from the heading row.
  public private(set) var header: CaseFileHeader
  /// Rows read so far that the sheet hides, by a filter or by hand.
  public private(set) var hiddenRows = 0
  /// The encoding of the cells and of their rejects: known from the first text that is not ASCII,
  /// UTF-8 until then; UTF-8 with its mark for UTF-16 and for a workbook.
  public var encoding: CaseFileEncoding { decoder.encoding ?? .utf8 }

  private let options: CaseFileOptions
  private let headings: Headings
  private var input: any RecordInput
  private var decoder: CellDecoder
  /// Ids of the rows taken so far with their lines, to notice a row that is there twice.
  private var seen: [[UInt8]: Int] = [:]

  /// Opens a file, a text or a workbook, and reads its headings.
  ///
  /// `sheet` is the one of a workbook to read; nil for the first with the headings of a case file.
  public convenience init(
    path: String, sheet: String? = nil, options: CaseFileOptions
  ) throws(CaseFileFailure) {
    let source = try FileSource(path: path)
    if try source.isArchive() {
      let choice = try CaseFileBook.choose(sheet, of: path)
      self.init(choice.input, choice.found, options: options)
      header.sheet = choice.input.name
      header.otherSheets = choice.others
    } else {
      if sheet != nil { throw .noSheet(named: []) }
      try self.init(options: options) { () throws(CaseFileFailure) -> [UInt8] in
        try source.next()
      }
    }
  }

  /// Reads from pieces of bytes; an empty piece is the end of the file.
  public convenience init(
    options: CaseFileOptions, source: @escaping () throws(CaseFileFailure) -> [UInt8]
  ) throws(CaseFileFailure) {
    var input: any RecordInput = try TextInput(source: source)
    let found = try HeadingSearch.run(&input)
    self.init(input, found, options: options)
  }

  private init(
    _ input: any RecordInput, _ found: HeadingSearch.Found, options: CaseFileOptions
  ) {
    self.options = options
    headings = found.headings
    decoder = CellDecoder(encoding: found.encoding)
    header = CaseFileHeader(
      headings: headings.texts, unknownHeadings: headings.unknown,
      repeatedHeadings: headings.repeated, line: found.line, separator: input.separator,
      reasonColumn: headings.meanings.firstIndex { $0.field == .rejectReason })
    self.input = input
  }

  /// The next row; nil at the end of the file.
  public func next() throws(CaseFileFailure) -> CaseFileEntry? {
    while let record = try input.next() {
      if record.isBlank { continue }
      if record.isHidden { hiddenRows += 1 }
      return entry(for: record)
    }
    return nil
  }

  /// The cells of a row as text, to be corrected; empty where the bytes do not belong to the encoding.
  public func texts(of row: RejectedRow) -> [String] {
    row.cells.map { decoder.decode($0, as: encoding) ?? "" }
  }

  private func entry(for record: FileRecord) -> CaseFileEntry {
    if let problem = record.problem {
      let reason: RowReason =
        switch problem {
        case .unclosedQuote: .unclosedQuote
        case .tooLong: .rowTooLong
        case .tooManyCells: .tooManyCells
        }
      return rejected(record, RowProblem(field: "", heading: "", reason: reason, maskedValue: ""))
    }
    let cells = RowCells(
      headings: headings, cells: decoder.texts(of: record), faults: record.faults,
      row: header.sheet == nil ? nil : record.line)
    var builder = CaseRowBuilder(options: options, cells: cells, line: record.line)
    guard let row = builder.build() else {
      return .rejected(
        RejectedRow(line: record.line, cells: record.cells, problems: builder.cells.problems))
    }
    if let earlier = seen[row.id] {
      var problem = RowProblem(field: "", heading: "", reason: .repeatedRow, maskedValue: "")
      problem.text = BilingualText(
        chinese: "与第\(earlier)行内容相同", english: "the row says the same as line \(earlier)")
      return rejected(record, problem)
    }
    seen[row.id] = record.line
    return .row(row, cells: record.cells)
  }

  private func rejected(_ record: FileRecord, _ problem: RowProblem) -> CaseFileEntry {
    .rejected(RejectedRow(line: record.line, cells: record.cells, problems: [problem]))
  }
}
