/// How requests and replies of a method alternate.
public enum MethodShape: Sendable {
  /// One request, one reply.
  case unary
  /// One request, any number of replies.
  case serverStreaming
  /// Any number of both, independent of each other.
  case bidirectional
}

/// A method as the wire, the permissions and the metrics know it.
public struct MethodDescriptor: Sendable, Hashable {
  /// Package, service and method, as in `xiecha.v1.Items/Enter`.
  public var fullName: String
  /// How requests and replies alternate.
  public var shape: MethodShape
  /// The method on the wire: FNV-1a, 32 bit, of ``fullName``.
  public var number: UInt32
  /// Whether doing it twice is doing it once, so that it may be called again when it is not known
  /// whether it was done: `idempotency_level` in the `.proto` file.
  public var isIdempotent: Bool

  /// A method of its parts.
  public init(fullName: String, shape: MethodShape, number: UInt32, isIdempotent: Bool = false) {
    self.fullName = fullName
    self.shape = shape
    self.number = number
    self.isIdempotent = isIdempotent
  }
}

/// A method with one request and one reply.
public struct UnaryMethod<Request: ProtoMessage, Reply: ProtoMessage>: Sendable {
  /// Name, shape and number.
  public let descriptor: MethodDescriptor

  init(_ fullName: String, number: UInt32, isIdempotent: Bool = false) {
    descriptor = MethodDescriptor(
      fullName: fullName, shape: .unary, number: number, isIdempotent: isIdempotent)
  }
}

/// A method with one request and a stream of replies.
public struct ServerStreamingMethod<Request: ProtoMessage, Reply: ProtoMessage>: Sendable {
  /// Name, shape and number.
  public let descriptor: MethodDescriptor

  init(_ fullName: String, number: UInt32, isIdempotent: Bool = false) {
    descriptor = MethodDescriptor(
      fullName: fullName, shape: .serverStreaming, number: number, isIdempotent: isIdempotent)
  }
}

/// A method with a stream of requests and a stream of replies.
public struct BidirectionalMethod<Request: ProtoMessage, Reply: ProtoMessage>: Sendable {
  /// Name, shape and number.
  public let descriptor: MethodDescriptor

  init(_ fullName: String, number: UInt32, isIdempotent: Bool = false) {
    descriptor = MethodDescriptor(
      fullName: fullName, shape: .bidirectional, number: number, isIdempotent: isIdempotent)
  }
}
