internal import Credentials

/// The bytes of one field of a message, taken out of it and put into it without reading what is
/// inside (protobuf's wire format: a varint of number and type, a varint of length, the bytes).
enum EventDetail {
  /// The last field of this number, as protobuf has it where a field comes twice; empty where it is
  /// absent.
  ///
  /// The message has been read before: what does not fit ends the search.
  static func bytes(of field: UInt8, in message: [UInt8]) -> [UInt8] {
    var found: ArraySlice<UInt8> = []
    var rest = message[...]
    while let tag = varint(&rest) {
      switch tag & 7 {
      case 0: guard varint(&rest) != nil else { return Array(found) }
      case 1: rest = rest.dropFirst(8)
      case 2:
        guard let length = varint(&rest), length <= UInt64(rest.count) else { return Array(found) }
        if tag >> 3 == UInt64(field) { found = rest.prefix(Int(length)) }
        rest = rest.dropFirst(Int(length))
      case 5: rest = rest.dropFirst(4)
      default: return Array(found)
      }
    }
    return Array(found)
  }

  /// How many random bytes a salt has.
  private static let saltLength = 16
  /// The field that hides a detail in its digest; no message has a field of this number.
  private static let saltField: UInt8 = 100
  /// What a salt adds to a detail, in bytes.
  static let saltBytes = 3 + saltLength

  /// Appends a salt.
  static func salt(_ detail: inout [UInt8]) {
    append(RandomBytes.make(saltLength), as: saltField, to: &detail)
  }

  /// A detail without the salt at its end.
  static func unsalted(_ detail: [UInt8]) -> ArraySlice<UInt8> {
    var mark: [UInt8] = []
    append([UInt8](repeating: 0, count: saltLength), as: saltField, to: &mark)
    let end = detail.suffix(saltBytes)
    let isSalted = end.count == saltBytes && end.prefix(3).elementsEqual(mark.prefix(3))
    return isSalted ? detail.dropLast(saltBytes) : detail[...]
  }

  /// Appends bytes as a field of this number.
  static func append(_ bytes: [UInt8], as field: UInt8, to message: inout [UInt8]) {
    append(UInt64(field) << 3 | 2, to: &message)
    append(UInt64(bytes.count), to: &message)
    message.append(contentsOf: bytes)
  }

  private static func append(_ varint: UInt64, to message: inout [UInt8]) {
    var rest = varint
    while rest > 0x7f {
      message.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    message.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, let byte = rest.popFirst() {
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
