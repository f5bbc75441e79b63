/// A text as the format writes it: characters that XML cannot hold stand as `_x000D_`
/// (ECMA-376, 22.9.2.19).
enum EscapedText {
  static func read(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.count >= length, bytes.contains(0x5F) else { return Array(bytes) }
    var read: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      if byte == 0x5F, let scalar = escaped(rest.prefix(length)) {
        read.append(contentsOf: String(scalar).utf8)
        rest = rest.dropFirst(length)
      } else {
        read.append(byte)
        rest = rest.dropFirst()
      }
    }
    return read
  }

  private static let length = 7

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let form = Array(bytes)
    guard form.count == length, form[1] == 0x78, form[6] == 0x5F,
      let number = UInt32(String(decoding: form[2..<6], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(number)
  }
}
