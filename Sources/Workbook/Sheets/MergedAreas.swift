internal import Glibc

/// The merged areas of a sheet: only the first cell of each has what it shows.
///
/// They stand behind the rows in the file, so they are looked for before.
struct MergedAreas {
  struct Area: Hashable {
    var first: CellPlace
    var last: CellPlace
  }

  /// By their first rows, the last ones first.
  private var waiting: [Area] = []
  private var open: [Area] = []

  init(_ areas: [Area]) {
    waiting = areas.sorted { $0.first.row > $1.first.row }
  }

  /// The first cell of the area that covers each cell of a row, by column, but for the first cells
  /// themselves; rows come in their order.
  mutating func covered(inRow row: Int) -> [Int: CellPlace] {
    if waiting.isEmpty, open.isEmpty { return [:] }
    while let next = waiting.last, next.first.row <= row {
      open.append(next)
      waiting.removeLast()
    }
    open.removeAll { $0.last.row < row }
    var covered: [Int: CellPlace] = [:]
    for area in open {
      let last = min(area.last.column, WorkbookLimits.cellsPerRow - 1)
      guard area.first.column <= last else { continue }
      for column in area.first.column...last
      where CellPlace(column: column, row: row) != area.first { covered[column] = area.first }
    }
    return covered
  }
}

extension MergedAreas {
  /// Takes the areas out of a sheet's part.
  final class Search: MarkupTaker {
    private(set) var areas: [Area] = []

    func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure) {
      guard name == "mergeCell", let text = attributes.text(of: "ref") else { return }
      let corners = text.split(separator: ":").map { CellPlace($0.utf8) }
      guard corners.count == 2, let first = corners[0], let last = corners[1] else { return }
      areas.append(Area(first: first, last: last))
      if areas.count > WorkbookLimits.mergedAreas {
        throw WorkbookFailure(.tooLarge, "mergeCells")
      }
    }
  }

  /// Whether a part has any: a look at its bytes is ten times cheaper than reading it.
  static func areMentioned(in part: ZipPart) throws(WorkbookFailure) -> Bool {
    let word = Array("mergeCell ".utf8)
    let kept = word.count - 1
    var buffer = [UInt8](repeating: 0, count: kept + WorkbookLimits.chunkBytes)
    while true {
      let count = try unpack(part, into: &buffer, behind: kept)
      if count == 0 { return false }
      if contains(word, in: buffer[..<(kept + count)]) { return true }
      // A word may lie across two pieces.
      for index in 0..<kept { buffer[index] = buffer[count + index] }
    }
  }

  private static func unpack(
    _ part: ZipPart, into buffer: inout [UInt8], behind kept: Int
  ) throws(WorkbookFailure) -> Int {
    var outcome: Result<Int, WorkbookFailure> = .success(0)
    buffer.withUnsafeMutableBytes { bytes in
      outcome = Result { () throws(WorkbookFailure) in
        try part.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[kept...]))
      }
    }
    return try outcome.get()
  }

  /// Looks for the letter g first, which the names of cells and rows do not have.
  private static func contains(_ word: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    guard let letter = word.firstIndex(of: 0x67) else { return false }
    return bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      var start = letter
      while start < bytes.count, let found = memchr(base + start, 0x67, bytes.count - start) {
        let place = UnsafeRawPointer(found) - base
        let (first, end) = (place - letter, place - letter + word.count)
        if end <= bytes.count, bytes[first..<end].elementsEqual(word) { return true }
        start = place + 1
      }
      return false
    }
  }
}
