public import ExchangeProtos
internal import NIOConcurrencyHelpers
public import NIOCore
public import Wire

/// An authenticated connection to a node: many calls at once.
public final class RPCConnection: Sendable {
  /// What a connection is made with.
  public typealias Options = ConnectionOptions

  private let channel: any Channel
  private let handler: NIOLoopBound<ClientConnection>
  private let isLeaving: NIOLockedValueBox<Bool>
  private let pending = NIOLockedValueBox<[@Sendable (ClientConnection) -> Void]>([])

  init(
    channel: any Channel, handler: NIOLoopBound<ClientConnection>,
    isLeaving: NIOLockedValueBox<Bool>
  ) {
    self.channel = channel
    self.handler = handler
    self.isLeaving = isLeaving
  }

  /// Connects and signs in.
  ///
  /// - Throws: ``Wire/CallFailure``: `unavailable` if the node cannot be reached, does not answer in
  ///   time or shows another certificate than expected; `unauthenticated` if the name or the password
  ///   is wrong; `cancelled` if this task is.
  public static func connect(
    to endpoint: Endpoint, signIn: SignIn, options: Options, group: any EventLoopGroup
  ) async throws(CallFailure) -> RPCConnection {
    let dialled = try await Dialing(endpoint: endpoint, signIn: signIn, options: options)
      .connect(on: group.next())
    return RPCConnection(
      channel: dialled.channel, handler: dialled.handler, isLeaving: dialled.isLeaving)
  }

  /// Calls a unary method and waits for its reply.
  ///
  /// - Throws: ``Wire/CallFailure``; its status says whether a retry makes sense.
  public func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request, timeout: TimeAmount? = .seconds(30)
  ) async throws(CallFailure) -> Reply {
    let token = CallToken()
    let outcome: Result<Reply, CallFailure> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(
          method.descriptor.number, timeout: timeout, trace: TraceContext.current?.child,
          token: token,
          pack: { request.pack(in: $0) }
        ) { payload, failure, arena in
          continuation.resume(returning: Reply.decode(payload, failure, arena))
        }
      }
    } onCancel: {
      run { connection in
        token.isCancelled = true
        if let stream = token.stream { connection.cancel(stream: stream, .givenUp) }
      }
    }
    return try outcome.get()
  }

  /// Calls a unary method; `completion` gets the outcome on the connection's event loop.
  ///
  /// Such a call is of no trace.
  @inlinable
  public func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request, timeout: TimeAmount? = .seconds(30),
    completion: @escaping @Sendable (Result<Reply, CallFailure>) -> Void
  ) {
    start(
      method.descriptor.number, timeout: timeout, trace: nil, token: nil,
      pack: { request.pack(in: $0) },
      completion: { payload, failure, arena in
        completion(Reply.decode(payload, failure, arena))
      })
  }

  /// Calls a method that answers with many messages.
  public func stream<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>, _ request: Request,
    timeout: TimeAmount? = nil
  ) async -> MessageStream<Reply> {
    await open(method.descriptor, request, timeout: timeout).replies
  }

  /// Opens a call with messages both ways.
  public func exchange<Request, Reply>(
    _ method: BidirectionalMethod<Request, Reply>, timeout: TimeAmount? = nil
  ) async -> (requests: MessageWriter<Request>, replies: MessageStream<Reply>) {
    let (stream, handle, replies): (UInt32, StreamHandle, MessageStream<Reply>) =
      await open(method.descriptor, nil, timeout: timeout)
    return (MessageWriter(handle, stream: stream), replies)
  }

  /// Lets open calls end, then closes.
  public func close() async {
    run { $0.drain() }
    try? await channel.closeFuture.get()
  }

  /// Waits until the connection has ended, for whatever reason.
  public func waitUntilClosed() async { try? await channel.closeFuture.get() }

  /// Whether calls can be made: neither side is leaving.
  public var isOpen: Bool { channel.isActive && !isLeaving.withLockedValue(\.self) }

  /// The loop that completions of ``call(_:_:timeout:completion:)`` run on.
  public var eventLoop: any EventLoop { channel.eventLoop }

  /// Starts a unary call: `pack` lays the request out and `completion` reads the reply in place.
  @usableFromInline
  func start(
    _ method: UInt32, timeout: TimeAmount?, trace: TraceContext?, token: CallToken?,
    pack: @escaping @Sendable (MessageArena) -> PackedMessage,
    completion:
      @escaping @Sendable (UnsafeRawBufferPointer?, CallFailure?, MessageArena) -> Void
  ) {
    let deadline = timeout.map { NIODeadline.now() + $0 }
    run { connection in
      if token?.isCancelled == true { return completion(nil, .givenUp, connection.wire.arena) }
      do throws(CallFailure) {
        let stream = try connection.start(
          method, ended: true, deadline: deadline, trace: trace, pack: pack
        ) { _ in ClientCall(deadline: deadline, completion: completion) }
        token?.stream = stream
      } catch {
        completion(nil, error, connection.wire.arena)
      }
    }
  }

  private func open<Reply>(
    _ method: MethodDescriptor, _ request: (any ProtoMessage)?, timeout: TimeAmount?
  ) async -> (stream: UInt32, handle: StreamHandle, replies: MessageStream<Reply>) {
    let deadline = timeout.map { NIODeadline.now() + $0 }
    let trace = TraceContext.current?.child
    return await withCheckedContinuation { continuation in
      run { connection in
        let handle = StreamHandle(connection, loop: self.channel.eventLoop)
        // No call has stream 0: of a call that could not be opened nothing is sent or given up.
        var opened: (stream: UInt32, replies: MessageStream<Reply>) = (
          0, MessageStream(handle, stream: 0)
        )
        do throws(CallFailure) {
          try connection.start(
            method.number, ended: request != nil, deadline: deadline, trace: trace,
            pack: request.map { request in { request.pack(in: $0) } }
          ) { stream in
            let replies = MessageStream<Reply>(handle, stream: stream)
            opened = (stream, replies)
            return ClientCall(deadline: deadline, inbox: replies) { _, failure, _ in
              replies.finish(failure.map { .failure($0) } ?? .success(()))
            }
          }
        } catch {
          opened.replies.finish(.failure(error))
        }
        continuation.resume(returning: (opened.stream, handle, opened.replies))
      }
    }
  }

  /// Runs work on the loop; what is asked for before the loop turns is done in one turn.
  private func run(_ work: @escaping @Sendable (ClientConnection) -> Void) {
    if channel.eventLoop.inEventLoop { return work(handler.value) }
    let isFirst = pending.withLockedValue { pending in
      pending.append(work)
      return pending.count == 1
    }
    guard isFirst else { return }
    channel.eventLoop.execute { [pending, handler] in
      let batch = pending.withLockedValue { pending in
        defer { pending = [] }
        return pending
      }
      for work in batch { work(handler.value) }
    }
  }
}

/// Ties a task's cancellation to its call; touched on the connection's loop only.
@usableFromInline
final class CallToken: @unchecked Sendable {
  var stream: UInt32?
  var isCancelled = false
}

extension ProtoMessage {
  /// A reply from its bytes, or why there is none.
  @inlinable
  static func decode(
    _ payload: UnsafeRawBufferPointer?, _ failure: CallFailure?, _ arena: MessageArena
  ) -> Result<Self, CallFailure> {
    if let failure { return .failure(failure) }
    guard let payload else { return .failure(.noReply) }
    defer { arena.reset() }
    do throws(MessageRefusal) {
      return .success(try Self(decoding: payload, in: arena))
    } catch {
      return .failure(CallFailure(reply: error))
    }
  }
}

extension CallFailure {
  @usableFromInline static let noReply = CallFailure(
    .internal, .noReply, "the node sent no reply")

  @usableFromInline
  init(reply refusal: MessageRefusal) {
    self.init(.internal, .replyNotReadable, field: refusal.field, refusal.text)
  }
}
