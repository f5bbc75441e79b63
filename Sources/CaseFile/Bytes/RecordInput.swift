/// Where the records of a case file come from: a text, or a sheet of a workbook.
protocol RecordInput {
  /// The encoding of the cells, where it is known before the first of them is read.
  var encoding: CaseFileEncoding? { get }
  /// What separates the cells of a rejects file for this one.
  var separator: UInt8 { get }

  /// The next record; nil at the end.
  mutating func next() throws(CaseFileFailure) -> FileRecord?
}
