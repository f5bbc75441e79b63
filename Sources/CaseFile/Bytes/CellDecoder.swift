/// Turns cells into text, in the encoding that the file shows.
struct CellDecoder {
  /// Nil as long as everything was ASCII.
  private(set) var encoding: CaseFileEncoding?
  private let transcoder = Transcoder()

  init(encoding: CaseFileEncoding?) {
    self.encoding = encoding
  }

  /// The cells as text; nil for a cell whose bytes do not belong to the encoding, or that holds
  /// control characters or the mark of an earlier loss (U+FFFD).
  mutating func texts(of record: FileRecord) -> [String?] {
    if encoding == nil { encoding = CaseFileEncoding.judged(by: record.cells.joined().map { $0 }) }
    return record.cells.map { decode($0, as: encoding ?? .utf8) }
  }

  func decode(_ bytes: [UInt8], as encoding: CaseFileEncoding) -> String? {
    let text: String? =
      switch encoding {
      case .utf8, .utf8WithMark: String(validating: bytes, as: UTF8.self)
      case .gb18030: transcoder.decode(bytes)
      }
    guard let text, text.unicodeScalars.allSatisfy(CellDecoder.isReadable) else { return nil }
    return text
  }

  private static func isReadable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0x7F..<0xA0, 0xFFFD: false
    default: true
    }
  }
}
