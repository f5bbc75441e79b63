import ExchangeRules

/// Reads a case file row by row: each call of ``next()`` gives a case or a row that is not taken.
///
/// It holds one piece of the file at a time, so the size of a file does not matter. Not for use
/// from several tasks at once.
public final class CaseFileReader {
  /// What was read from the heading row.
  public let header: CaseFileHeader
  /// The file's encoding: known from the first text that is not ASCII, UTF-8 until then.
  public var encoding: CaseFileEncoding { decoder.encoding ?? .utf8 }

  private let options: CaseFileOptions
  private let headings: Headings
  private var input: RecordInput
  private var decoder: CellDecoder
  /// Ids of the rows taken so far with their lines, to notice a row that is there twice.
  private var seen: [[UInt8]: Int] = [:]

  /// Opens a file and reads its headings.
  public convenience init(path: String, options: CaseFileOptions) throws(CaseFileFailure) {
    let source = try FileSource(path: path)
    try self.init(options: options) { () throws(CaseFileFailure) -> [UInt8] in try source.next() }
  }

  /// Reads from pieces of bytes; an empty piece is the end of the file.
  public init(
    options: CaseFileOptions, source: @escaping () throws(CaseFileFailure) -> [UInt8]
  ) throws(CaseFileFailure) {
    self.options = options
    var input = try RecordInput(source: source)
    let found = try HeadingSearch.run(&input)
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
      if !record.isBlank { return entry(for: record) }
    }
    return nil
  }

  private func entry(for record: CSVRecord) -> CaseFileEntry {
    if let problem = record.problem {
      let reason: RowReason =
        switch problem {
        case .unclosedQuote: .unclosedQuote
        case .tooLong: .rowTooLong
        case .tooManyCells: .tooManyCells
        }
      return rejected(record, RowProblem(field: "", heading: "", reason: reason, maskedValue: ""))
    }
    let cells = RowCells(headings: headings, cells: decoder.texts(of: record))
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

  private func rejected(_ record: CSVRecord, _ problem: RowProblem) -> CaseFileEntry {
    .rejected(RejectedRow(line: record.line, cells: record.cells, problems: [problem]))
  }
}
