import CExchangeProtos

/// A message with its protobuf-c struct; the generated code conforms.
protocol StoredMessage: ProtoMessage {
  associatedtype CMessage
  /// Checks and copies what protobuf-c unpacked.
  init(reading message: UnsafePointer<CMessage>) throws(MessageRefusal)
  /// Lays the struct and all it points to out in `arena`.
  func build(in arena: MessageArena) -> UnsafeMutablePointer<CMessage>
}

extension MessageArena {
  /// Unpacks untrusted bytes with one of protoc-c's functions.
  ///
  /// The struct lives until ``reset()``.
  @inline(__always)
  func unpack<CMessage>(
    _ bytes: UnsafeRawBufferPointer,
    _ function: (UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?) ->
      UnsafeMutablePointer<CMessage>?
  ) throws(MessageRefusal) -> UnsafePointer<CMessage> {
    let (product, overflow) = bytes.count.multipliedReportingOverflow(
      by: MessageArena.budgetPerByte)
    budget = (overflow ? Int.max / 2 : product) + MessageArena.budgetBytes
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard let message = function(allocator, bytes.count, start) else {
      throw MessageRefusal(budget < 0 ? .messageTooLarge : .malformedMessage, "")
    }
    return UnsafePointer(message)
  }

  /// Room for one struct, not initialised.
  @inline(__always)
  func allocate<CMessage>(_: CMessage.Type) -> UnsafeMutablePointer<CMessage> {
    allocate(byteCount: MemoryLayout<CMessage>.size).bindMemory(to: CMessage.self, capacity: 1)
  }

  /// Room for `count` elements, not initialised; `nil` for none, as protobuf-c has it.
  @inline(__always)
  private func allocate<Element>(
    _ count: Int, of _: Element.Type
  ) -> UnsafeMutablePointer<Element>? {
    guard count > 0 else { return nil }
    return allocate(byteCount: MemoryLayout<Element>.stride * count)
      .bindMemory(to: Element.self, capacity: count)
  }

  @inline(__always)
  private func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> ProtobufCBinaryData {
    guard let target = allocate(bytes.count, of: UInt8.self), let source = bytes.baseAddress else {
      return ProtobufCBinaryData(len: 0, data: nil)
    }
    target.initialize(from: source, count: bytes.count)
    return ProtobufCBinaryData(len: bytes.count, data: target)
  }

  func copy(_ text: String) -> ProtobufCBinaryData {
    text.utf8.span.withUnsafeBufferPointer(copy)
  }

  func copy(_ bytes: [UInt8]) -> ProtobufCBinaryData {
    bytes.withUnsafeBufferPointer(copy)
  }

  func copy(_ texts: [String]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
    copy(texts) { copy($0) }
  }

  func copy(_ lists: [[UInt8]]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
    copy(lists) { copy($0) }
  }

  func copy<Number: FixedWidthInteger>(_ numbers: [Number]) -> UnsafeMutablePointer<Number>? {
    copy(numbers) { $0 }
  }

  func copy<Message: StoredMessage>(
    _ messages: [Message]
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<Message.CMessage>?>? {
    copy(messages) { $0.build(in: self) }
  }

  @inline(__always)
  private func copy<Element, Stored>(
    _ elements: [Element], _ store: (Element) -> Stored
  ) -> UnsafeMutablePointer<Stored>? {
    guard let target = allocate(elements.count, of: Stored.self) else { return nil }
    for index in elements.indices { (target + index).initialize(to: store(elements[index])) }
    return target
  }
}
