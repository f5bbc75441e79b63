internal import Credentials
internal import ExchangeProtos
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

  /// Who is at the other end, as far as it is known.
  private enum Peer {
    /// Nobody yet: TLS is under way.
    case handshaking
    /// Somebody who has to prove a name.
    case signingIn(ServerAuthentication)
    /// Who has proven it.
    case signedIn(SignedInPeer)
    /// Nobody any more: the channel is closed.
    case gone
  }

  let server: ServerShared
  let wire: WireConnection<ServerStateMachine>
  private(set) var executor: LoopTaskExecutor?
  private(set) var calls = StreamTable<ServerCall>()
  /// How many of them are bidirectional.
  private(set) var exchanges = 0
  private var peer = Peer.handshaking
  private let gate: SignInGateHandler
  /// Whether a call has come since the last tick.
  private var hasCalled = false
  /// Whether the end has begun, and its one line is in the log.
  private var isEnding = false

  init(server: ServerShared, gate: SignInGateHandler) {
    self.server = server
    self.gate = gate
    let now = NIODeadline.now()
    wire = WireConnection(
      ServerStateMachine(limits: server.options.limits, now: now.milliseconds), now: now)
  }

  /// Who has signed in; nil before, and after the end.
  var signedIn: SignedInPeer? {
    if case .signedIn(let peer) = peer { peer } else { nil }
  }

  /// The connection's loop; nil once the connection is over.
  var loop: (any EventLoop)? { wire.context?.eventLoop }

  /// The certificate that the peer has presented.
  var certificate: PeerIdentity? {
    switch peer {
    case .signingIn(let authentication): authentication.peer.certificate
    case .signedIn(let peer): peer.certificate
    case .handshaking, .gone: nil
    }
  }

  /// Notes that a call has come.
  func noteCall() { hasCalled = true }

  /// Whether a call has come since this was asked last, or one is open.
  func takeActivity() -> Bool {
    defer { hasCalled = false }
    return hasCalled || !calls.isEmpty
  }

  // MARK: The channel's events

  func handlerAdded(context: ChannelHandlerContext) {
    executor = LoopTaskExecutor(context.eventLoop)
    server.add(
      NIOLoopBound<any ServedConnection>(self, eventLoop: context.eventLoop),
      ObjectIdentifier(self))
    wire.start(context, limits: server.options.limits, owner: self)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    closed()
    wire.removed()
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted: handshakeCompleted(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .handshaking = peer {
      beginEnd("handshake", "\(error)")
    } else {
      beginEnd("lost", "\(error)")
    }
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    wire.append(&bytes)
    takeFrames()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    wire.flush()
    context.fireChannelReadComplete()
  }

  /// A peer that does not read is not read from: what waits for it stays bounded.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    wire.writabilityChanged(context)
    context.channel.setOption(.autoRead, value: wire.isWritable).whenFailure { _ in }
    if wire.isWritable {
      for (_, call) in calls.all { call.waiters.wake() }
      // Not from inside of a read: that one goes on by itself.
      if !wire.isReading {
        takeFrames()
        wire.flush()
      }
    }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Frames

  /// Takes the frames that have come, until there are no more or the answers wait for the peer.
  private func takeFrames() {
    do throws(WireViolation) {
      try wire.takeFrames(
        while: { !isEnding && mayAnswerMore() },
        { header, payload throws(WireViolation) in try received(header, payload) })
    } catch {
      leave(error.failure)
    }
  }

  /// A read of a few small requests can ask for replies of any size: they go out on the way, and no
  /// more is answered than the peer takes.
  private func mayAnswerMore() -> Bool {
    if wire.framesSinceFlush >= ServerConnection.framesPerFlush || wire.isFull { wire.flush() }
    return wire.isWritable
  }

  private func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) {
    switch try wire.machine.received(header, payload, now: wire.now.milliseconds) {
    case .nothing: break
    case .greeted: wire.startPings()
    case .open(let stream, let head, let hasMessage, let ended):
      let message = UnsafeRawBufferPointer(rebasing: payload.dropFirst(head.byteCount))
      open(stream: stream, head, hasMessage ? message : nil, ended: ended)
    case .refuse(let stream, let failure): wire.out.writeResult(failure, stream: stream)
    case .deliver(let stream, let hasMessage, let ended):
      deliver(stream: stream, hasMessage ? payload : nil, ended: ended)
    case .cancel(let stream): cancel(stream: stream)
    case .resume(let stream): calls[stream]?.waiters.wake()
    case .answerPing(let token): wire.out.writePing(token, answer: true)
    case .authenticate(let step):
      guard case .signingIn(let authentication) = peer else { break }
      authentication.received(step, Array(payload.dropFirst()), connection: self)
    case .peerGoesAway: closeIfDone()
    }
  }

  private func deliver(stream: UInt32, _ payload: UnsafeRawBufferPointer?, ended: Bool) {
    guard let call = calls[stream] else { return }
    do throws(MessageRefusal) {
      if let payload { try call.inbox?.put(payload, in: wire.arena) }
      if ended { call.inbox?.finish(.success(())) }
    } catch {
      finish(stream: stream, .failure(CallFailure(error)))
      call.cancel()
    }
  }

  // MARK: Calls under way

  /// Keeps a call until its end.
  func keep(_ stream: UInt32, _ call: ServerCall, ended: Bool) {
    wire.machine.keep(stream: stream, ended: ended)
    calls[stream] = call
    if call.inbox != nil { exchanges += 1 }
  }

  /// Takes a call out at its end; nil if it was over already.
  func take(_ stream: UInt32) -> ServerCall? {
    guard wire.machine.finish(stream: stream) else { return nil }
    let call = calls.removeValue(forKey: stream)
    if call?.inbox != nil { exchanges -= 1 }
    return call
  }

  /// Stops a call's work; nobody waits for its answer.
  private func cancel(stream: UInt32) {
    guard let call = take(stream) else { return }
    call.count(.cancelled)
    call.cancel()
  }

  private func cancelAll() {
    for (stream, _) in calls.all { cancel(stream: stream) }
  }

  // MARK: Beginning

  private func handshakeCompleted(_ context: ChannelHandlerContext) {
    guard
      let handler = try? context.pipeline.syncOperations.handler(type: TLSHandler.self),
      let binding = handler.exporter(label: "EXPORTER-Channel-Binding", length: 32)
    else {
      context.close(promise: nil)
      return
    }
    peer = .signingIn(
      ServerAuthentication(
        server: server, channelBinding: binding,
        peer: SignInPeer(certificate: handler.peer, at: context.remoteAddress)))
    wire.out.writeHello(Hello(server.options.limits))
    wire.flush()
  }

  func authenticate(_ step: AuthenticationStep, _ message: [UInt8]) {
    wire.out.writeAuthenticate(step, message)
    wire.flushSoon()
  }

  /// The peer has proven who it is.
  ///
  /// Returns false if its account has too many connections.
  func signedIn(_ caller: Caller) -> Bool {
    guard
      let share = server.shares.enter(
        caller.account, limit: server.options.connectionsPerAccount)
    else { return false }
    peer = .signedIn(
      SignedInPeer(
        caller, certificate: certificate, share: share, refusals: server.refusals))
    wire.signedIn()
    gate.leave()
    return true
  }

  // MARK: End

  /// Tells the peer why, stops what is under way, and closes; the node goes on.
  func leave(_ failure: CallFailure) {
    guard !isEnding else { return }
    beginEnd(failure.reason)
    wire.out.writeGoAway(failure, lastStream: wire.machine.lastStream)
    wire.flush()
    cancelAll()
    wire.close()
  }

  /// Answers what is open, takes no more, and closes when nothing is open.
  func drain() {
    guard wire.machine.isOpen else { return wire.close() }
    wire.out.writeGoAway(
      CallFailure(.unavailable, .draining, "the node is being stopped; connect again"),
      lastStream: wire.machine.lastStream)
    wire.machine.drain()
    wire.flush()
    closeIfDone()
  }

  /// Closes at once.
  func drop() { wire.close() }

  func closeIfDone() {
    guard wire.machine.isDone else { return }
    wire.flush()
    wire.close()
  }

  /// One line for a connection: what follows once its end has begun tells nothing new.
  private func beginEnd(_ reason: String, _ detail: String? = nil) {
    guard !isEnding else { return }
    isEnding = true
    server.ends.note(
      reason, detail: detail, from: wire.context?.remoteAddress,
      account: signedIn?.caller.account)
  }

  private func closed() {
    guard wire.stop() else { return }
    cancelAll()
    if let signedIn { server.shares.leave(signedIn.share) }
    peer = .gone
    server.remove(ObjectIdentifier(self))
  }
}
