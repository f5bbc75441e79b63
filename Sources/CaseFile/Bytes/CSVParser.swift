/// Splits bytes into CSV records (RFC 4180), fed in pieces of any size.
///
/// It works on bytes, before any decoding: in UTF-8 and in GB18030 the bytes of a quote, a comma
/// and a line break never occur inside another character (GB18030's trailing bytes are 0x30–0x39
/// and from 0x40 up).
///
/// Where real files break RFC 4180 it is as lenient as spreadsheets are: a quote inside an unquoted
/// cell is a character of its own, and so is what follows a closing quote. A quote that is never
/// closed costs one line, not the rest of the file: the parser reports that line and goes on behind
/// it.
public struct CSVParser: Sendable {
  private enum State {
    case cellStart, unquoted, quoted, quoteInQuoted, afterCarriageReturn
    /// Behind a broken record without a line break: nothing is taken until the line ends.
    case skippingLine
  }

  private let separator: UInt8
  private var state = State.cellStart
  private var cell: [UInt8] = []
  private var cells: [[UInt8]] = []
  /// The record's bytes as they came, to start again behind the first line of a broken one.
  private var raw: [UInt8] = []
  private var firstLineEnd: Int?
  /// Line breaks inside the record's quotes so far.
  private var lineBreaks = 0
  private var line = 1
  private var recordLine = 1
  private var problem: FileRecord.Problem?

  /// A parser for a separator: comma, semicolon or tab.
  public init(separator: UInt8 = 0x2C) {
    self.separator = separator
  }

  /// Takes the next piece of the file and hands out each record that it completes.
  public mutating func feed(_ bytes: some Sequence<UInt8>, _ emit: (FileRecord) -> Void) {
    for byte in bytes { take(byte, emit) }
  }

  /// Ends the file: hands out the last record, if there is one.
  public mutating func finish(_ emit: (FileRecord) -> Void) {
    while state == .quoted {
      startAgainBehindFirstLine(emit)
    }
    if state != .afterCarriageReturn, !(raw.isEmpty && cells.isEmpty) {
      endRecord(emit)
    }
    state = .cellStart
  }

  private mutating func take(_ byte: UInt8, _ emit: (FileRecord) -> Void) {
    if state == .afterCarriageReturn {
      state = .cellStart
      if byte == 0x0A { return }
    }
    if state == .skippingLine {
      skip(byte)
      return
    }
    raw.append(byte)
    switch state {
    case .quoted:
      takeQuoted(byte, emit)
    case .quoteInQuoted where byte == 0x22:
      append(byte)
      state = .quoted
    case .cellStart where byte == 0x22:
      state = .quoted
    default:
      takeUnquoted(byte, emit)
    }
  }

  private mutating func takeQuoted(_ byte: UInt8, _ emit: (FileRecord) -> Void) {
    if byte == 0x22 {
      state = .quoteInQuoted
      return
    }
    if byte == 0x0A {
      line += 1
      lineBreaks += 1
      if firstLineEnd == nil { firstLineEnd = raw.count }
    }
    append(byte)
    if raw.count >= CaseFileLimits.recordBytes || lineBreaks >= CaseFileLimits.linesPerRecord {
      startAgainBehindFirstLine(emit)
    }
  }

  private mutating func takeUnquoted(_ byte: UInt8, _ emit: (FileRecord) -> Void) {
    switch byte {
    case separator:
      endCell()
      state = .cellStart
    case 0x0A, 0x0D:
      raw.removeLast()
      line += 1
      endRecord(emit)
      state = byte == 0x0D ? .afterCarriageReturn : .cellStart
    default:
      append(byte)
      state = .unquoted
      // A line without an end is dropped as it comes; only its problem is kept.
      if raw.count >= CaseFileLimits.recordBytes {
        raw.removeAll(keepingCapacity: true)
        raw.append(byte)
        problem = .tooLong
      }
    }
  }

  private mutating func skip(_ byte: UInt8) {
    guard byte == 0x0A || byte == 0x0D else { return }
    line += 1
    recordLine = line
    state = byte == 0x0D ? .afterCarriageReturn : .cellStart
  }

  private mutating func append(_ byte: UInt8) {
    if cell.count < CaseFileLimits.cellBytes {
      cell.append(byte)
    } else if problem == nil {
      problem = .tooLong
    }
  }

  private mutating func endCell() {
    if cells.count < CaseFileLimits.cellsPerRecord {
      cells.append(cell)
    } else if problem == nil {
      problem = .tooManyCells
    }
    cell.removeAll(keepingCapacity: true)
  }

  private mutating func endRecord(_ emit: (FileRecord) -> Void) {
    endCell()
    emit(FileRecord(line: recordLine, cells: cells, problem: problem))
    cells.removeAll(keepingCapacity: true)
    raw.removeAll(keepingCapacity: true)
    firstLineEnd = nil
    lineBreaks = 0
    problem = nil
    recordLine = line
  }

  /// Gives up the record whose quote is not closed: its first line is handed out with the problem,
  /// what follows is parsed anew.
  ///
  /// Each round consumes a line, so it ends, and reads a line at most
  /// ``CaseFileLimits/linesPerRecord`` times, whatever the file.
  private mutating func startAgainBehindFirstLine(_ emit: (FileRecord) -> Void) {
    let bytes = raw
    let lineBreak = firstLineEnd
    let split = lineBreak ?? bytes.count
    let start = recordLine
    raw.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    cell.removeAll(keepingCapacity: true)
    firstLineEnd = nil
    lineBreaks = 0
    problem = nil
    // The broken line's own cells, split as if its quotes were ordinary characters.
    let broken = bytes[..<split].filter { $0 != 0x0A && $0 != 0x0D }
      .split(separator: separator, omittingEmptySubsequences: false)
      .prefix(CaseFileLimits.cellsPerRecord)
      .map { Array($0.filter { $0 != 0x22 }.prefix(CaseFileLimits.cellBytes)) }
    emit(FileRecord(line: start, cells: broken, problem: .unclosedQuote))
    state = lineBreak == nil ? .skippingLine : .cellStart
    line = lineBreak == nil ? start : start + 1
    recordLine = line
    for byte in bytes[split...] { take(byte, emit) }
  }
}
