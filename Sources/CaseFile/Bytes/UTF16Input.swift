/// Makes UTF-8 of a file in UTF-16, as spreadsheets save "Unicode text".
final class UTF16Input {
  /// Bytes that have to be seen to tell UTF-16 from what else there is.
  static let signBytes = 256

  private let source: () throws(CaseFileFailure) -> [UInt8]
  private let isBigEndian: Bool
  /// What was read and does not make a character yet.
  private var rest: [UInt8]
  private var isOver = false

  /// Nil where the bytes with which a file begins are of another encoding.
  ///
  /// Without a byte order mark the zero bytes tell, which no other encoding has: one in each comma,
  /// tab or line end, all on the same side of their characters.
  init?(start: [UInt8], source: @escaping () throws(CaseFileFailure) -> [UInt8]) {
    let sign = start.prefix(UTF16Input.signBytes)
    let zeros = sign.indices.filter { sign[$0] == 0 }
    if start.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else if start.starts(with: [0xFF, 0xFE]) {
      isBigEndian = false
    } else if let first = zeros.first, zeros.allSatisfy({ $0 % 2 == first % 2 }) {
      isBigEndian = first % 2 == 0
    } else {
      return nil
    }
    self.source = source
    rest = start
  }

  /// The next piece in UTF-8, its byte order mark too; empty at the end.
  ///
  /// Half a character becomes U+FFFD, which costs its row.
  func next() throws(CaseFileFailure) -> [UInt8] {
    while true {
      let units = takenUnits()
      if !units.isEmpty { return Array(String(decoding: units, as: UTF16.self).utf8) }
      if isOver { return [] }
      let piece = try source()
      isOver = piece.isEmpty
      rest += piece
    }
  }

  /// The units that are complete; the first half of a pair waits for the second.
  private func takenUnits() -> [UInt16] {
    var units = stride(from: 0, to: rest.count - 1, by: 2).map { place in
      let (first, second) = (UInt16(rest[place]), UInt16(rest[place + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    var left = rest.count % 2
    if isOver {
      if left > 0 { units.append(0xFFFD) }
      left = 0
    } else if let last = units.last, UTF16.isLeadSurrogate(last) {
      units.removeLast()
      left += 2
    }
    rest = Array(rest.suffix(left))
    return units
  }
}
