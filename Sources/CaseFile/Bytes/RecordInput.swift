/// Takes pieces of a file and gives records, with the separator found in the first line.
struct RecordInput {
  let separator: UInt8
  /// Whether the file began with UTF-8's byte order mark, which is taken off.
  let hasMark: Bool

  private let source: () throws(CaseFileFailure) -> [UInt8]
  private var parser: CSVParser
  private var waiting: [CSVRecord] = []
  private var position = 0
  private var isFinished = false

  init(source: @escaping () throws(CaseFileFailure) -> [UInt8]) throws(CaseFileFailure) {
    self.source = source
    var start: [UInt8] = []
    // The first line decides; a title of several pieces' length is no title.
    while start.count < CaseFileLimits.chunkBytes, !start.contains(0x0A) {
      let piece = try source()
      if piece.isEmpty { break }
      start += piece
    }
    try RecordInput.checkIsText(start)
    hasMark = start.starts(with: CaseFileEncoding.mark)
    if hasMark { start.removeFirst(CaseFileEncoding.mark.count) }
    separator = RecordInput.separator(in: start)
    parser = CSVParser(separator: separator)
    var records: [CSVRecord] = []
    parser.feed(start) { records.append($0) }
    waiting = records
  }

  mutating func next() throws(CaseFileFailure) -> CSVRecord? {
    while position == waiting.count {
      if isFinished { return nil }
      var records: [CSVRecord] = []
      let piece = try source()
      if piece.isEmpty {
        isFinished = true
        parser.finish { records.append($0) }
      } else {
        parser.feed(piece) { records.append($0) }
      }
      waiting = records
      position = 0
    }
    position += 1
    return waiting[position - 1]
  }

  /// Recognises what people hand over in place of CSV, by its first bytes.
  private static func checkIsText(_ start: [UInt8]) throws(CaseFileFailure) {
    if start.isEmpty { throw .empty }
    // ZIP (xlsx, et), the compound file of xls, and UTF-16's marks.
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
    {
      throw .spreadsheet
    }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { throw .utf16 }
  }

  /// Some settings of a spreadsheet separate by semicolon or tab: whichever the first line that has
  /// any uses most.
  private static func separator(in start: [UInt8]) -> UInt8 {
    for line in start.split(separator: 0x0A) {
      let counts = [UInt8(0x2C), 0x09, 0x3B].map { sign in
        (sign: sign, count: line.count { $0 == sign })
      }
      if let most = counts.max(by: { $0.count < $1.count }), most.count > 0 { return most.sign }
    }
    return 0x2C
  }
}
