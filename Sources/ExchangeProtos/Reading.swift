import CExchangeProtos

/// Reads fields out of protobuf-c's structs and enforces the directives of the .proto files.
///
/// Each check is one comparison on the way of a good message; making the refusal is kept out of
/// line.
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

  private static func text(
    _ data: ProtobufCBinaryData, _ field: StaticString
  ) throws(MessageRefusal) -> String {
    let bytes = UnsafeBufferPointer(start: data.data, count: data.len)
    switch scan(UnsafeRawBufferPointer(bytes)) {
    case .ascii:
      return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true))
    case .other:
      guard let span = try? UTF8Span(validating: bytes.span) else {
        throw MessageRefusal(.notUTF8, field)
      }
      return String(copying: span)
    case .containsNUL:
      throw MessageRefusal(.nulInText, field)
    }
  }

  private enum Scan { case ascii, other, containsNUL }

  /// One pass for both questions, sixteen bytes at a time: the smallest byte tells of a NUL, the
  /// bits of all tell whether one is beyond ASCII.
  ///
  /// The last step may look at bytes a second time.
  @inline(__always)
  private static func scan(_ bytes: UnsafeRawBufferPointer) -> Scan {
    guard bytes.count >= 16 else {
      var (smallest, bits): (UInt8, UInt8) = (.max, 0)
      for byte in bytes {
        smallest = min(smallest, byte)
        bits |= byte
      }
      return smallest == 0 ? .containsNUL : bits >= 0x80 ? .other : .ascii
    }
    var (smallest, bits) = (SIMD16<UInt8>(repeating: .max), SIMD16<UInt8>(repeating: 0))
    let last = bytes.count - 16
    var offset = 0
    while true {
      let part = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      smallest = pointwiseMin(smallest, part)
      bits |= part
      if offset == last { break }
      offset = min(offset + 16, last)
    }
    return smallest.min() == 0 ? .containsNUL : bits.max() >= 0x80 ? .other : .ascii
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

  /// A word of the rules that has a case for 0.
  @inline(__always)
  static func word<Value: RawRepresentable<Int>>(
    _ rawValue: UInt32, _ field: StaticString, required: Bool = false
  ) throws(MessageRefusal) -> Value {
    if required, rawValue == 0 { throw missing(field) }
    guard let value = Value(rawValue: Int(rawValue)) else { throw unknown(field) }
    return value
  }

  /// A word of the rules; nil for 0.
  @inline(__always)
  static func optionalWord<Value: RawRepresentable<Int>>(
    _ rawValue: UInt32, _ field: StaticString, required: Bool = false
  ) throws(MessageRefusal) -> Value? {
    if rawValue == 0, !required { return nil }
    return try word(rawValue, field, required: required) as Value
  }

  @inline(__always)
  static func number<Number: FixedWidthInteger>(
    _ number: Number, _ field: StaticString, range: ClosedRange<Number>
  ) throws(MessageRefusal) -> Number {
    guard range.contains(number) else { throw outOfRange(field, "\(range)") }
    return number
  }

  /// A day of the Gregorian calendar, or 0 for none.
  @inline(__always)
  static func date(
    _ yyyymmdd: Int32, _ field: StaticString, required: Bool = false
  ) throws(MessageRefusal) -> Int32 {
    if yyyymmdd == 0 {
      if required { throw missing(field) }
    } else if !isDate(yyyymmdd) {
      throw MessageRefusal(.notADate, field)
    }
    return yyyymmdd
  }

  private static func isDate(_ yyyymmdd: Int32) -> Bool {
    let (year, month, day) = (yyyymmdd / 10_000, yyyymmdd / 100 % 100, yyyymmdd % 100)
    guard (1...9999).contains(year), (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let last: Int32 =
      switch month {
      case 2: isLeap ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    return (1...last).contains(day)
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
