import CExchangeProtos

/// Reads fields out of protobuf-c's structs and enforces the directives of the .proto files. Each
/// check is one comparison on the way of a good message; making the refusal is kept out of line.
enum Reading {
  @inline(__always)
  static func text(
    _ data: ProtobufCBinaryData, _ field: StaticString, required: Bool = false, max: Int = .max
  ) throws(MessageRefusal) -> String {
    guard data.len > 0 else {
      if required { throw missing(field) }
      return ""
    }
    if data.len > max { throw tooLong(field, max) }
    return try text(data, field)
  }

  static func text(
    _ data: ProtobufCBinaryData, _ field: StaticString
  ) throws(MessageRefusal) -> String {
    let bytes = UnsafeBufferPointer(start: data.data, count: data.len)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MessageRefusal(.notUTF8, field)
    }
    if hasNUL(UnsafeRawBufferPointer(bytes)) { throw MessageRefusal(.nulInText, field) }
    return text
  }

  /// Eight bytes at a time: a byte of `word` is zero exactly if its high bit is set here.
  private static func hasNUL(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
      index += 8
    }
    return bytes[index...].contains(0)
  }

  @inline(__always)
  static func bytes(
    _ data: ProtobufCBinaryData, _ field: StaticString, required: Bool = false, length: Int? = nil,
    max: Int = .max
  ) throws(MessageRefusal) -> [UInt8] {
    guard data.len > 0 else {
      if required { throw missing(field) }
      return []
    }
    if let length, data.len != length { throw wrongLength(field, length, data.len) }
    if data.len > max { throw tooLong(field, max) }
    return [UInt8](UnsafeBufferPointer(start: data.data, count: data.len))
  }

  @inline(__always)
  static func enumeration<Value: RawRepresentable<Int32>>(
    _ rawValue: UInt32, _ field: StaticString, required: Bool = false
  ) throws(MessageRefusal) -> Value {
    if required, rawValue == 0 { throw missing(field) }
    guard let value = Value(rawValue: Int32(bitPattern: rawValue)) else {
      throw unknown(field)
    }
    return value
  }

  @inline(__always)
  static func number<Number: FixedWidthInteger>(
    _ number: Number, _ field: StaticString, range: ClosedRange<Number>
  ) throws(MessageRefusal) -> Number {
    guard range.contains(number) else { throw outOfRange(field, "\(range)") }
    return number
  }

  @inline(__always)
  static func message<Message: StoredMessage>(
    _ pointer: UnsafeMutablePointer<Message.CMessage>?, _ field: StaticString
  ) throws(MessageRefusal) -> Message? {
    guard let pointer else { return nil }
    do {
      return try Message(reading: pointer)
    } catch {
      throw error.inside(field)
    }
  }

  @inline(__always)
  static func requiredMessage<Message: StoredMessage>(
    _ pointer: UnsafeMutablePointer<Message.CMessage>?, _ field: StaticString
  ) throws(MessageRefusal) -> Message {
    guard let message: Message = try message(pointer, field) else { throw missing(field) }
    return message
  }

  @inline(never)
  private static func missing(_ field: StaticString) -> MessageRefusal {
    MessageRefusal(.missingField, field)
  }

  @inline(never)
  private static func unknown(_ field: StaticString) -> MessageRefusal {
    MessageRefusal(.unknownValue, field)
  }

  @inline(never)
  private static func tooLong(_ field: StaticString, _ max: Int) -> MessageRefusal {
    MessageRefusal(.tooLong, field, "at most \(max) bytes of UTF-8; shorten it")
  }

  @inline(never)
  private static func wrongLength(
    _ field: StaticString, _ length: Int, _ found: Int
  ) -> MessageRefusal {
    MessageRefusal(.wrongLength, field, "exactly \(length) bytes are needed, not \(found)")
  }

  @inline(never)
  private static func outOfRange(_ field: StaticString, _ range: String) -> MessageRefusal {
    MessageRefusal(.outOfRange, field, "a number in \(range) is needed")
  }

  @inline(never)
  static func tooMany(_ field: StaticString, _ max: Int) -> MessageRefusal {
    MessageRefusal(.tooMany, field, "at most \(max) elements; split the list")
  }
}
