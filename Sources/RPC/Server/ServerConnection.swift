internal import ExchangeProtos
internal import Logging
internal import NIOCore
internal import NIOTLS
internal import TLS
internal import Wire

/// One connection of a server: carries out what ``ServerStateMachine`` decides.
///
/// All replies of one read leave in one write. Everything here runs on the connection's loop.
final class ServerConnection: ChannelInboundHandler, ServedConnection, SigningInConnection {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Frames of one read that are answered in one write: so the peer works on the first replies
  /// while the rest are made.
  ///
  /// Fewer cost more system calls than the overlap gains.
  static let framesPerFlush = 16

  let server: ServerShared
  let arena = MessageArena()
  private(set) var context: ChannelHandlerContext?
  private(set) var executor: LoopTaskExecutor?
  var machine: ServerStateMachine
  var out = ByteBuffer()
  private(set) var calls = StreamTable<ServerCall>()
  /// How many of them are bidirectional.
  private(set) var exchanges = 0
  private(set) var signedIn: SignedInPeer?
  var authentication: ServerAuthentication?
  private(set) var peer: PeerIdentity?
  private var reader: FrameReader
  var now = NIODeadline.now()
  private var isReading = false
  private var flushIsScheduled = false
  private var framesSinceFlush = 0
  private var isEnding = false
  private var isWritable = true
  var timers = ConnectionTimers()
  private let gate: SignInGateHandler
  private var isLogged = false
  /// What the account has of the node; nil before the sign-in.
  private(set) var share: AccountShare?

  init(server: ServerShared, gate: SignInGateHandler) {
    self.server = server
    self.gate = gate
    let now = NIODeadline.now()
    machine = ServerStateMachine(limits: server.options.limits, now: now.milliseconds)
    reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    executor = LoopTaskExecutor(context.eventLoop)
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    server.add(
      NIOLoopBound<any ServedConnection>(self, eventLoop: context.eventLoop),
      ObjectIdentifier(self))
    timers.start(on: context.eventLoop, limits: server.options.limits) { owner.value.tick() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    over()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    over()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted: handshakeCompleted(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    log(authentication == nil && signedIn == nil ? "handshake" : "lost", "\(error)")
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    reader.append(&bytes)
    takeFrames(context)
  }

  /// Takes the frames that have come, until they end or what they were answered waits for the peer.
  private func takeFrames(_ context: ChannelHandlerContext) {
    now = .now()
    isReading = true
    defer { isReading = false }
    do throws(WireViolation) {
      while !isEnding, mayAnswerMore(),
        try reader.next({ header, payload throws(WireViolation) in
          try self.received(header, payload)
          return true
        }) != nil
      {
        reader.largestPayloadBytes = machine.largestPayloadBytes
      }
    } catch {
      leave(error.failure)
    }
  }

  /// A read of a few small requests can ask for replies of any size: they go out on the way, and no
  /// more is answered than the peer takes.
  private func mayAnswerMore() -> Bool {
    framesSinceFlush += 1
    if framesSinceFlush > ServerConnection.framesPerFlush
      || out.readableBytes > ServerConnection.writeBytes
    {
      flush()
    }
    return isWritable
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush()
    context.fireChannelReadComplete()
  }

  /// A peer that does not read is not read from: what waits for it stays bounded.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    isWritable = context.channel.isWritable
    context.channel.setOption(.autoRead, value: isWritable).whenFailure { _ in }
    if isWritable {
      for (_, call) in calls.all { call.wake() }
      // Not from inside of a read: that one goes on by itself.
      if !isReading {
        takeFrames(context)
        flush()
      }
    }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Frames

  private func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) {
    switch try machine.received(header, payload, now: now.milliseconds) {
    case .nothing: break
    case .greeted: startPings()
    case .open(let stream, let head, let hasMessage, let ended):
      let message = UnsafeRawBufferPointer(rebasing: payload.dropFirst(RequestHead.byteCount))
      open(stream: stream, head, hasMessage ? message : nil, ended: ended)
    case .refuse(let stream, let failure): out.writeResult(failure, stream: stream)
    case .deliver(let stream, let hasMessage, let ended):
      deliver(stream: stream, hasMessage ? payload : nil, ended: ended)
    case .cancel(let stream):
      _ = machine.finish(stream: stream)
      forget(stream)?.cancel()
    case .resume(let stream): calls[stream]?.wake()
    case .answerPing(let token): out.writePing(token, answer: true)
    case .authenticate(let step):
      authentication?.received(
        step, Array(payload.dropFirst()), connection: self)
    case .peerGoesAway: closeIfDone()
    }
  }

  func keep(_ stream: UInt32, _ call: ServerCall) {
    calls[stream] = call
    if call.inbox != nil { exchanges += 1 }
  }

  @discardableResult
  func forget(_ stream: UInt32) -> ServerCall? {
    let call = calls.removeValue(forKey: stream)
    if call?.inbox != nil { exchanges -= 1 }
    return call
  }

  private func deliver(stream: UInt32, _ payload: UnsafeRawBufferPointer?, ended: Bool) {
    guard let call = calls[stream] else { return }
    do throws(MessageRefusal) {
      if let payload { try call.inbox?.put(payload, in: arena) }
      if ended { call.inbox?.finish(.success(())) }
    } catch {
      finish(stream: stream, .failure(CallFailure(error)))
      call.cancel()
    }
  }

  // MARK: Output

  /// Sends what was gathered, now if the loop is not inside a read of this connection; at once if it
  /// is much, so that the channel says in time when the peer takes no more.
  func flushSoon() {
    guard !isReading, let context else { return }
    if out.readableBytes > ServerConnection.writeBytes { return flush() }
    guard !flushIsScheduled else { return }
    flushIsScheduled = true
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute { owner.value.flush() }
  }

  func flush() {
    flushIsScheduled = false
    framesSinceFlush = 0
    guard out.readableBytes > 0, let context else { return }
    machine.wrote(now: now.milliseconds)
    // Writing may lead back here when it makes the channel writable: what is on its way is out of
    // `out` by then.
    var written = ByteBuffer()
    swap(&written, &out)
    context.writeAndFlush(wrapOutboundOut(written), promise: nil)
    if out.capacity == 0, written.capacity <= ServerConnection.writeBytes {
      written.clear()
      out = written
    }
    if !isWritable { checkReader(context) }
  }

  /// What is gathered for one write, in bytes.
  ///
  /// A buffer that a rare large reply has made larger is given back.
  private static let writeBytes = 128 << 10

  /// Work that was begun goes on answering while nothing more is read; this ends it for a peer that
  /// takes none of the answers.
  private func checkReader(_ context: ChannelHandlerContext) {
    let limit = server.options.limits.unreadOutputBytes
    let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
    guard let waiting, waiting > limit else { return }
    leave(WireViolation(.slowReader, "more than \(limit) bytes wait to be read").failure)
  }

  /// Ends the connection with a reason; the node goes on.
  func leave(_ failure: CallFailure) {
    guard !isEnding else { return }
    isEnding = true
    log(failure.reason)
    out.writeGoAway(failure, lastStream: machine.lastStream)
    flush()
    cancelCalls()
    context?.close(promise: nil)
  }

  /// One line for a connection: what comes after its end was begun says nothing more.
  private func log(_ reason: String, _ detail: String? = nil) {
    guard !isLogged else { return }
    isLogged = true
    server.ends.note(
      reason, detail: detail, from: context?.remoteAddress, account: signedIn?.caller.account)
  }

  /// Nobody is there to take the answers.
  private func cancelCalls() {
    for (stream, _) in calls.all {
      _ = machine.finish(stream: stream)
      forget(stream)?.cancel()
    }
  }

  /// Answers what is open, takes no more, and closes when nothing is open.
  func drain() {
    guard machine.isOpen else {
      context?.close(promise: nil)
      return
    }
    out.writeGoAway(
      CallFailure(.unavailable, .draining, "the node is being stopped; connect again"),
      lastStream: machine.lastStream)
    machine.drain()
    flush()
    closeIfDone()
  }

  func close() { context?.close(promise: nil) }

  func closeIfDone() {
    guard machine.isDone else { return }
    flush()
    context?.close(promise: nil)
  }

  // MARK: Beginning and end

  private func handshakeCompleted(_ context: ChannelHandlerContext) {
    guard
      let handler = try? context.pipeline.syncOperations.handler(type: TLSHandler.self),
      let binding = handler.exporter(label: "EXPORTER-Channel-Binding", length: 32)
    else {
      context.close(promise: nil)
      return
    }
    peer = handler.peer
    authentication = ServerAuthentication(
      server: server, channelBinding: binding, peer: handler.peer)
    out.writeHello(Hello(server.options.limits))
    flush()
  }

  /// The peer has proven who it is.
  ///
  /// Returns false if its account has too many connections.
  func signedIn(_ caller: Caller) -> Bool {
    guard
      let share = server.shares.enter(
        caller.account, limit: server.options.connectionsPerAccount)
    else { return false }
    self.share = share
    signedIn = SignedInPeer(caller, certificate: peer)
    authentication = nil
    machine.authenticated()
    gate.leave()
    reader.largestPayloadBytes = machine.largestPayloadBytes
    return true
  }

  private func over() {
    guard timers.stop() else { return }
    cancelCalls()
    if let share { server.shares.leave(share) }
    share = nil
    server.remove(ObjectIdentifier(self))
  }
}
