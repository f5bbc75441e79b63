import ExchangeRules

/// A table of figures from a CSV file, in any of the encodings of a case file: a row of headings,
/// then a row for each office.
public struct FigureTable: Sendable {
  /// A row of the table.
  public struct Row: Sendable, Hashable {
    /// The line of the file.
    public var line: Int
    /// The cells, without what a spreadsheet puts around them; empty where the row is short.
    public var cells: [String]
  }

  /// The headings, without blanks at the ends.
  public let headings: [String]
  /// The rows that hold anything.
  public let rows: [Row]

  /// Reads a file to its end; of a workbook the first sheet that holds anything.
  public init(path: String) throws(CaseFileFailure) {
    let source = try FileSource(path: path)
    if try source.isArchive() {
      try self.init(CaseFileBook.first(of: path))
    } else {
      try self.init { () throws(CaseFileFailure) -> [UInt8] in try source.next() }
    }
  }

  /// Reads from pieces of bytes; an empty piece is the end.
  public init(source: @escaping () throws(CaseFileFailure) -> [UInt8]) throws(CaseFileFailure) {
    try self.init(TextInput(source: source))
  }

  private init(_ input: some RecordInput) throws(CaseFileFailure) {
    var input = input
    var decoder = CellDecoder(encoding: input.encoding)
    var headings: [String] = []
    var rows: [Row] = []
    while let record = try input.next() {
      if record.isBlank { continue }
      let cells = decoder.texts(of: record).map { WrittenText.read($0 ?? "").value }
      if headings.isEmpty {
        headings = cells
      } else {
        let missing = max(0, headings.count - cells.count)
        rows.append(
          Row(line: record.line, cells: cells + Array(repeating: "", count: missing)))
      }
    }
    guard !headings.isEmpty else { throw .empty }
    self.headings = headings
    self.rows = rows
  }
}
