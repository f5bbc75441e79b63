/// Finds the heading row: the first one, or one below a title as printed forms have it.
enum HeadingSearch {
  struct Found {
    var headings: Headings
    var encoding: CaseFileEncoding?
    var line: Int
    /// The merged cells that cover others of the row.
    var merged: [String]
  }

  /// Reads records until the headings are found.
  static func run(_ input: inout any RecordInput) throws(CaseFileFailure) -> Found {
    var best: Found?
    var rows = 0
    while rows <= CaseFileLimits.titleRows, let record = try input.next() {
      if record.isBlank { continue }
      rows += 1
      guard let found = read(record, encoding: input.encoding) else { continue }
      if found.headings.missing.isEmpty { return found }
      if found.headings.recognised > (best?.headings.recognised ?? 0) { best = found }
    }
    if rows == 0 { throw .empty }
    guard let best, best.headings.recognised > 1 else { throw .noHeadings }
    throw .missing(best.headings.missing, merged: best.merged)
  }

  /// The record as headings, in the encoding in which more of them are known: a few pairs of GB18030
  /// characters are well-formed UTF-8 by chance.
  private static func read(_ record: FileRecord, encoding known: CaseFileEncoding?) -> Found? {
    let decoder = CellDecoder(encoding: nil)
    let isASCII = record.cells.allSatisfy { $0.allSatisfy { $0 < 0x80 } }
    let encodings: [CaseFileEncoding] = known.map { [$0] } ?? [.utf8, .gb18030]
    var best: Found?
    for encoding in encodings {
      let cells = record.cells.map { decoder.decode($0, as: encoding) }
      if cells.contains(nil) { continue }
      let headings = Headings(cells: cells.compactMap { $0 }, lexicon: .shared)
      if headings.recognised > (best?.headings.recognised ?? -1) {
        best = Found(
          headings: headings, encoding: isASCII && known == nil ? nil : encoding,
          line: record.line, merged: merged(in: record))
      }
    }
    return best
  }

  private static func merged(in record: FileRecord) -> [String] {
    let places = record.faults.values.compactMap { fault -> String? in
      if case .merged(let place) = fault { place } else { nil }
    }
    return Set(places).sorted()
  }
}
