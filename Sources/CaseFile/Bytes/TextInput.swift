/// Takes pieces of a text file and gives records, with the separator found in the first lines.
struct TextInput: RecordInput {
  /// UTF-8 where a byte order mark says so, and for UTF-16, which is made UTF-8 as it comes.
  let encoding: CaseFileEncoding?
  /// Tabs of UTF-16 become commas: a spreadsheet opens no UTF-8 with tabs by itself.
  let separator: UInt8

  private let source: () throws(CaseFileFailure) -> [UInt8]
  private var parser: CSVParser
  private var waiting: [FileRecord] = []
  private var position = 0
  private var isFinished = false

  init(source: @escaping () throws(CaseFileFailure) -> [UInt8]) throws(CaseFileFailure) {
    var start: [UInt8] = []
    // The first bytes tell whether the file is text, and UTF-16.
    while start.count < UTF16Input.signBytes {
      let piece = try source()
      if piece.isEmpty { break }
      start += piece
    }
    try TextInput.checkIsText(start)
    var source = source
    let utf16 = UTF16Input(start: start, source: source)
    if let utf16 {
      start = []
      source = { () throws(CaseFileFailure) -> [UInt8] in try utf16.next() }
    }
    self.source = source
    try TextInput.read(from: source, into: &start)
    try TextInput.checkIsNoMarkup(start)
    let hasMark = start.starts(with: CaseFileEncoding.mark)
    if hasMark { start.removeFirst(CaseFileEncoding.mark.count) }
    encoding = hasMark || utf16 != nil ? .utf8WithMark : nil
    let sign = TextInput.separator(in: start)
    separator = utf16 == nil ? sign : 0x2C
    parser = CSVParser(separator: sign)
    var records: [FileRecord] = []
    parser.feed(start) { records.append($0) }
    waiting = records
  }

  /// Reads on until the rows are there among which the headings must stand, or as much as they may
  /// have.
  private static func read(
    from source: () throws(CaseFileFailure) -> [UInt8], into start: inout [UInt8]
  ) throws(CaseFileFailure) {
    while start.count < CaseFileLimits.chunkBytes,
      start.count(where: { $0 == 0x0A }) <= CaseFileLimits.titleRows
    {
      let piece = try source()
      if piece.isEmpty { return }
      start += piece
    }
  }

  mutating func next() throws(CaseFileFailure) -> FileRecord? {
    while position == waiting.count {
      if isFinished { return nil }
      var records: [FileRecord] = []
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

  /// Recognises what people hand over in place of text, by its first bytes.
  private static func checkIsText(_ start: [UInt8]) throws(CaseFileFailure) {
    if start.isEmpty { throw .empty }
    // ZIP, and the compound file of XLS, ET and of whatever has a password.
    if start.starts(with: [0x50, 0x4B]) || start.starts(with: [0xD0, 0xCF]) { throw .spreadsheet }
  }

  /// Many systems save a page for browsers under the name of a spreadsheet.
  private static func checkIsNoMarkup(_ start: [UInt8]) throws(CaseFileFailure) {
    let text = start.starts(with: CaseFileEncoding.mark) ? start.dropFirst(3) : start[...]
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { throw .markup }
  }

  /// Some settings of a spreadsheet separate by semicolon or tab: whichever stands most often in one
  /// of the lines that can be the headings; a title may have a comma of its own.
  private static func separator(in start: [UInt8]) -> UInt8 {
    var best: (sign: UInt8, count: Int) = (0x2C, 0)
    for line in start.split(separator: 0x0A).prefix(CaseFileLimits.titleRows + 1) {
      for sign in [UInt8(0x2C), 0x09, 0x3B] {
        let count = line.count { $0 == sign }
        if count > best.count { best = (sign, count) }
      }
    }
    return best.sign
  }
}
