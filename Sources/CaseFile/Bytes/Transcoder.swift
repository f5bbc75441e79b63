import Glibc

/// Decodes GB18030 into text and encodes text into it, by the C library's `iconv`.
///
/// GB18030 is what Chinese spreadsheets write by default; it contains GBK and GB 2312.
final class Transcoder {
  private let toText: iconv_t?
  private let fromText: iconv_t?

  /// Opens both directions; where the system has no conversion table each cell is refused as
  /// undecodable, which the reader reports row by row.
  init() {
    toText = Transcoder.open(to: "UTF-8", from: "GB18030")
    fromText = Transcoder.open(to: "GB18030", from: "UTF-8")
  }

  deinit {
    if let toText { iconv_close(toText) }
    if let fromText { iconv_close(fromText) }
  }

  /// The text of GB18030 bytes, or nil where a byte sequence is not GB18030.
  func decode(_ bytes: [UInt8]) -> String? {
    guard let toText, let utf8 = Transcoder.convert(bytes, with: toText) else { return nil }
    return String(validating: utf8, as: UTF8.self)
  }

  /// The GB18030 bytes of a text.
  ///
  /// GB18030 covers Unicode, so this fails only without a table.
  func encode(_ text: String) -> [UInt8]? {
    guard let fromText else { return nil }
    return Transcoder.convert(Array(text.utf8), with: fromText)
  }

  private static func open(to: String, from: String) -> iconv_t? {
    let descriptor = iconv_open(to, from)
    // `iconv_open` fails with (iconv_t)-1.
    return Int(bitPattern: descriptor) == -1 ? nil : descriptor
  }

  private static func convert(_ bytes: [UInt8], with descriptor: iconv_t) -> [UInt8]? {
    if bytes.isEmpty { return [] }
    // From GB18030 a byte grows to at most 3 of UTF-8 (0x80 alone is not GB18030); the other way
    // two bytes grow to at most four.
    let capacity = bytes.count * 3 + 8
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: capacity)
    var inputLeft = input.count
    var outputLeft = capacity
    let result = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        // The first call brings the descriptor back to its initial state after an earlier failure.
        iconv(descriptor, nil, nil, nil, nil)
        var from = source.baseAddress
        var to = target.baseAddress
        return iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
      }
    }
    // (size_t)-1 reports a sequence that does not belong to the encoding.
    guard result != -1, inputLeft == 0 else { return nil }
    return output.prefix(capacity - outputLeft).map { UInt8(bitPattern: $0) }
  }
}
