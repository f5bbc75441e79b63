internal import Credentials
public import ExchangeProtos
public import NIOCore
public import Wire

/// The methods that a server answers.
///
/// A method without a row in the permission table is refused to everybody.
public struct MethodTable: Sendable {
  /// A method's number says in which slot it is looked for first.
  private var slots: [MethodEntry?] = Array(repeating: nil, count: 64)
  private var count = 0

  /// A table without methods.
  public init() {}

  /// Answers a unary method on the event loop itself: for work that never waits.
  ///
  /// It costs no task and no allocation of its own. A handler that waits belongs in
  /// ``answer(_:_:)``. Both run on the connection's loop: what computes for longer than some tens of
  /// microseconds belongs elsewhere, such as into a read of the ledger, on the ledger's own threads.
  @inlinable
  public mutating func answerAtOnce<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>,
    _ handler: @escaping @Sendable (Request, CallContext) throws(CallFailure) -> Reply
  ) {
    add(
      method.descriptor,
      .atOnce { payload, arena, context, stream, out throws(CallFailure) in
        defer { arena.reset() }
        let request: Request
        do throws(MessageRefusal) {
          request = try Request(decoding: payload, in: arena)
        } catch {
          throw CallFailure(error)
        }
        let reply = try handler(request, context)
        let packed = reply.pack(in: arena)
        out.writeResultHead(stream: stream, messageBytes: packed.byteCount)
        out.writePacked(packed)
      })
  }

  /// Answers a unary method with work that may wait.
  public mutating func answer<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>,
    _ handler: @escaping @Sendable (Request, CallContext) async throws -> Reply
  ) {
    add(
      method.descriptor,
      .waiting { payload, arena throws(MessageRefusal) in
        let request = try Request(decoding: payload, in: arena)
        return { context in try await handler(request, context) }
      })
  }

  /// Answers one request with many messages.
  public mutating func stream<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>,
    _ handler:
      @escaping @Sendable (Request, CallContext, MessageWriter<Reply>) async throws -> Void
  ) {
    add(
      method.descriptor,
      .streaming { payload, arena throws(MessageRefusal) in
        let request = try Request(decoding: payload, in: arena)
        return { context, connection, stream in
          try await handler(request, context, MessageWriter(connection, stream: stream))
        }
      })
  }

  /// Answers with messages both ways.
  public mutating func exchange<Request, Reply>(
    _ method: BidirectionalMethod<Request, Reply>,
    _ handler:
      @escaping @Sendable (MessageStream<Request>, CallContext, MessageWriter<Reply>)
      async throws -> Void
  ) {
    add(
      method.descriptor,
      .exchanging { connection, stream in
        let requests = MessageStream<Request>(connection, stream: stream)
        return (
          requests,
          { context in
            try await handler(requests, context, MessageWriter(connection, stream: stream))
          }
        )
      })
  }

  @usableFromInline
  mutating func add(_ descriptor: MethodDescriptor, _ implementation: MethodEntry.Implementation) {
    let permission = PermissionTable.resolve(descriptor.fullName)
    if (count + 1) * 2 > slots.count { grow() }
    insert(
      MethodEntry(descriptor: descriptor, permission: permission, implementation: implementation))
    count += 1
  }

  /// The method of a number that came over the wire.
  func entry(_ number: UInt32) -> MethodEntry? {
    var index = Int(number) & (slots.count - 1)
    while let entry = slots[index] {
      if entry.descriptor.number == number { return entry }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The methods in the order of their names, as a test of who may call what needs them.
  public var methods: [MethodDescriptor] {
    slots.compactMap { $0?.descriptor }.sorted { $0.fullName < $1.fullName }
  }

  /// What the methods that were called have answered, by name.
  var figures: [ServerFigures.Method] {
    slots.compactMap { $0.flatMap { $0.tally.figures(of: $0.descriptor.fullName) } }
      .sorted { $0.name < $1.name }
  }

  private mutating func insert(_ entry: MethodEntry) {
    var index = Int(entry.descriptor.number) & (slots.count - 1)
    while let other = slots[index] {
      precondition(other.descriptor.number != entry.descriptor.number, "a method twice")
      index = (index + 1) & (slots.count - 1)
    }
    slots[index] = entry
  }

  private mutating func grow() {
    let entries = slots.compactMap(\.self)
    slots = Array(repeating: nil, count: slots.count * 2)
    for entry in entries { insert(entry) }
  }
}
