import CExchangeProtos

/// Lists. Their elements are counted by protobuf-c within the arena's budget, so that the room that
/// is reserved here is bounded by the size of the message.
extension Reading {
  static func texts(
    _ start: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int, _ field: StaticString,
    max: Int = .max, each: Int = .max
  ) throws(MessageRefusal) -> [String] {
    try elements(start, count, field, max: max) { data throws(MessageRefusal) in
      try text(data, "", max: each)
    }
  }

  static func byteLists(
    _ start: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int, _ field: StaticString,
    length: Int? = nil, max: Int = .max, each: Int = .max
  ) throws(MessageRefusal) -> [[UInt8]] {
    try elements(start, count, field, max: max) { data throws(MessageRefusal) in
      // An empty element is no absent field: it has the wrong length.
      try bytes(data, "", required: length != nil, length: length, max: each)
    }
  }

  static func numbers<Number: FixedWidthInteger>(
    _ start: UnsafeMutablePointer<Number>?, _ count: Int, _ field: StaticString, max: Int = .max,
    range: ClosedRange<Number>? = nil
  ) throws(MessageRefusal) -> [Number] {
    if count > max { throw tooMany(field, max) }
    if let range {
      return try elements(start, count, field) { value throws(MessageRefusal) in
        try number(value, "", range: range)
      }
    }
    return [Number](UnsafeBufferPointer(start: start, count: count))
  }

  static func messages<Message: StoredMessage>(
    _ start: UnsafeMutablePointer<UnsafeMutablePointer<Message.CMessage>?>?, _ count: Int,
    _ field: StaticString, max: Int = .max
  ) throws(MessageRefusal) -> [Message] {
    try elements(start, count, field, max: max) { pointer throws(MessageRefusal) in
      guard let pointer else { throw MessageRefusal(.malformedMessage, "") }
      return try Message(reading: pointer)
    }
  }

  @inline(__always)
  private static func elements<Stored, Element>(
    _ start: UnsafeMutablePointer<Stored>?, _ count: Int, _ field: StaticString, max: Int = .max,
    _ read: (Stored) throws(MessageRefusal) -> Element
  ) throws(MessageRefusal) -> [Element] {
    guard count > 0, let start else { return [] }
    if count > max { throw tooMany(field, max) }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for index in 0..<count {
      do {
        elements.append(try read(start[index]))
      } catch {
        throw error.inside(field, at: index)
      }
    }
    return elements
  }
}
