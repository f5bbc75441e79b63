internal import Glibc

/// Makes rows of the elements of a sheet's part.
final class SheetTaker: MarkupTaker {
  /// Rows that are complete, the oldest first.
  private(set) var rows: [SheetRow] = []

  private enum Kind {
    case number, shared, text, flag
  }

  private let texts: SharedTexts
  private let formats: NumberFormats
  private let numbers: CellNumber
  private var merged: MergedAreas

  private var row = SheetRow(number: 0, cells: [])
  private var isInRow = false
  private var column = -1
  private var kind = Kind.number
  private var style: Int?
  private var hasFormula = false
  private var hasValue = false
  private var isText = false
  private var isReadingAid = false
  private var content: [UInt8] = []

  init(
    texts: SharedTexts, formats: NumberFormats, countsFrom1904: Bool, merged: MergedAreas
  ) {
    self.texts = texts
    self.formats = formats
    numbers = CellNumber(countsFrom1904: countsFrom1904)
    self.merged = merged
  }

  /// Hands out the complete rows.
  func taken() -> [SheetRow] {
    defer { rows.removeAll(keepingCapacity: true) }
    return rows
  }

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure) {
    if name == "c" {
      try startCell(attributes)
    } else if name == "v" {
      (isText, hasValue) = (true, true)
    } else if name == "t" {
      isText = !isReadingAid
      hasValue = true
    } else if name == "f" {
      hasFormula = true
    } else if name == "rPh" {
      isReadingAid = true
    } else if name == "row" {
      try startRow(attributes)
    }
  }

  func end(_ name: MarkupName) throws(WorkbookFailure) {
    if name == "c" {
      if isInRow { try endCell() }
    } else if name == "v" || name == "t" {
      isText = false
    } else if name == "rPh" {
      isReadingAid = false
    } else if name == "row" {
      endRow()
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isText, isInRow else { return }
    if content.count + bytes.count > WorkbookLimits.cellBytes {
      row.isTooLong = true
    } else {
      content.append(contentsOf: bytes)
    }
  }

  private func startRow(_ attributes: MarkupAttributes) throws(WorkbookFailure) {
    let number = attributes.number(of: "r") ?? row.number + 1
    guard number > row.number else { throw WorkbookFailure(.damaged, "row \(number)") }
    row = SheetRow(number: number, cells: [])
    row.isHidden = attributes.flag(of: "hidden")
    column = -1
    isInRow = true
  }

  private func startCell(_ attributes: MarkupAttributes) throws(WorkbookFailure) {
    guard isInRow else { return }
    column += 1
    if let place = attributes.value(of: "r") {
      let bytes = UnsafeBufferPointer(start: place, count: strlen(place))
      guard let place = CellPlace(bytes.lazy.map { UInt8(bitPattern: $0) }), place.column >= column
      else { throw WorkbookFailure(.damaged, "cell of row \(row.number)") }
      column = place.column
    }
    style = attributes.number(of: "s")
    kind = SheetTaker.kind(of: attributes)
    hasFormula = false
    hasValue = false
    content.removeAll(keepingCapacity: true)
  }

  /// Errors are texts such as `#REF!`; a day in ISO 8601 is read as it is written.
  private static func kind(of attributes: MarkupAttributes) -> Kind {
    guard let type = attributes.value(of: "t") else { return .number }
    if strcmp(type, "n") == 0 { return .number }
    if strcmp(type, "s") == 0 { return .shared }
    return strcmp(type, "b") == 0 ? .flag : .text
  }

  private func endCell() throws(WorkbookFailure) {
    // Some libraries write an empty value beside a formula; an empty text has its type.
    if hasFormula, !hasValue || kind == .number && content.isEmpty {
      row.faults[column] = .noValue
      return
    }
    if content.isEmpty { return }
    guard column < WorkbookLimits.cellsPerRow else {
      row.hasTooManyCells = true
      return
    }
    guard let value = try value() else {
      row.faults[column] = .noSuchDay
      return
    }
    while row.cells.count < column { row.cells.append([]) }
    row.cells.append(value)
  }

  /// The cell's text; nil for a number that is shown as a day and is none.
  private func value() throws(WorkbookFailure) -> [UInt8]? {
    switch kind {
    case .text: return EscapedText.read(content[...])
    case .flag: return Array((content == [0x31] ? "TRUE" : "FALSE").utf8)
    case .shared:
      guard let number = Int(SheetTaker.string(content)), let text = texts[number] else {
        throw WorkbookFailure(.damaged, "\(CellPlace(column: column, row: row.number))")
      }
      return EscapedText.read(text)
    case .number:
      let form = formats[style]
      // Most numbers: nothing is to be made of them.
      if form == .plain, content.count <= 15,
        content.allSatisfy({ (0x30...0x39).contains($0) })
      {
        return content
      }
      return numbers.text(SheetTaker.string(content), as: form).map { Array($0.utf8) }
    }
  }

  private static func string(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private func endRow() {
    isInRow = false
    for (column, place) in merged.covered(inRow: row.number)
    where column >= row.cells.count || row.cells[column].isEmpty {
      row.faults[column] = .merged(into: place)
    }
    if !row.isBlank { rows.append(row) }
  }
}
