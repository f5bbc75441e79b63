internal import Credentials
internal import ExchangeProtos
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOTLS
internal import TLS
internal import Wire

/// The client's end of a connection: carries out what ``ClientStateMachine`` decides.
///
/// Everything here runs on the connection's loop; calls that were asked for in one turn of the loop
/// leave in one write.
final class ClientConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How far the sign-in has come.
  enum Progress {
    /// TLS is under way.
    case handshaking
    /// The node has shown its certificate, and asks for a proof.
    case signingIn(ScramClient, PeerIdentity?)
    /// The node has proven itself too.
    case signedIn(PeerIdentity?)
  }

  let wire: WireConnection<ClientStateMachine>
  var calls = StreamTable<ClientCall>()
  let signIn: SignIn
  var progress = Progress.handshaking
  private let tls: TLSContext
  private let limits: WireLimits
  private let ready: EventLoopPromise<Void>
  private let isLeaving: NIOLockedValueBox<Bool>
  /// Why the connection ends, once one side has said so.
  private var ending: CallFailure?

  /// - `ready`: Told when calls may be opened, or why they never will.
  /// - `isLeaving`: Set when no more calls may be opened; looked at from any thread.
  init(
    tls: TLSContext, limits: WireLimits, signIn: SignIn, ready: EventLoopPromise<Void>,
    isLeaving: NIOLockedValueBox<Bool>
  ) {
    self.tls = tls
    self.limits = limits
    self.signIn = signIn
    self.ready = ready
    self.isLeaving = isLeaving
    let now = NIODeadline.now()
    wire = WireConnection(ClientStateMachine(limits: limits, now: now.milliseconds), now: now)
  }

  private var isSignedIn: Bool {
    if case .signedIn = progress { true } else { false }
  }

  // MARK: The channel's events

  func handlerAdded(context: ChannelHandlerContext) {
    wire.start(context, limits: limits, owner: self)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    closed(.connectionLost())
    wire.removed()
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed(.connectionLost())
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Of an open connection nobody knows which calls the node had begun with, however it ends.
    closed(isSignedIn ? .connectionLost("\(error)") : CallFailure(connecting: error))
    context.close(promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted: handshakeCompleted(context, limits)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    wire.append(&bytes)
    do throws(WireViolation) {
      try wire.takeFrames { header, payload throws(WireViolation) in
        try received(header, payload)
      }
    } catch {
      leave(error.failure, calls: .connectionLost("the node broke the protocol: \(error.failure)"))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    wire.flush()
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    wire.writabilityChanged(context)
    if wire.isWritable { for (_, call) in calls.all { call.waiters.wake() } }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Frames

  private func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) {
    switch try wire.machine.received(header, payload, now: wire.now.milliseconds) {
    case .nothing: break
    case .greeted: wire.startPings()
    case .succeed(let stream, let hasMessage):
      let message = UnsafeRawBufferPointer(rebasing: payload.dropFirst())
      finish(stream: stream, hasMessage ? message : nil, nil)
    case .fail(let stream, let failure): finish(stream: stream, nil, failure)
    case .deliver(let stream): deliver(stream: stream, payload)
    case .resume(let stream): calls[stream]?.waiters.wake()
    case .answerPing(let token): wire.out.writePing(token, answer: true)
    case .authenticate(let step): authenticate(step, Array(payload.dropFirst()))
    case .goAway(let last, let failure): goAway(last, failure)
    }
  }

  private func deliver(stream: UInt32, _ payload: UnsafeRawBufferPointer) {
    guard let inbox = calls[stream]?.inbox else { return }
    do throws(MessageRefusal) {
      try inbox.put(payload, in: wire.arena)
    } catch {
      cancel(stream: stream, CallFailure(reply: error))
    }
  }

  private func goAway(_ last: UInt32, _ failure: CallFailure) {
    ending = failure
    isLeaving.withLockedValue { $0 = true }
    ready.fail(failure)
    for (stream, _) in calls.all where stream > last {
      _ = wire.machine.cancel(stream: stream)
      finish(stream: stream, nil, .notLookedAt)
    }
    closeIfDone()
  }

  /// The node has proven itself: calls may be opened.
  func signedIn(_ node: PeerIdentity?) {
    progress = .signedIn(node)
    wire.signedIn()
    ready.succeed()
  }

  // MARK: The end of a call

  /// Tells a call its outcome.
  private func finish(
    stream: UInt32, _ reply: UnsafeRawBufferPointer?, _ failure: CallFailure?
  ) {
    calls.removeValue(forKey: stream)?.finish(reply, failure, wire.arena)
    closeIfDone()
  }

  /// Gives a call up, here and at the node.
  func cancel(stream: UInt32, _ failure: CallFailure) {
    guard wire.machine.cancel(stream: stream) else { return }
    wire.out.writeCancel(stream: stream)
    wire.flushSoon()
    finish(stream: stream, nil, failure)
  }

  // MARK: The end of the connection

  /// Tells the node why this side ends the connection, and its own calls what that means to them.
  func leave(_ failure: CallFailure, calls: CallFailure? = nil) {
    wire.out.writeGoAway(failure, lastStream: 0)
    wire.flush()
    drop(calls ?? failure)
  }

  /// Opens no more calls, lets the open ones end, and closes.
  func drain() {
    wire.out.writeGoAway(
      CallFailure(.cancelled, .done, "the client has nothing more to ask"), lastStream: 0)
    wire.machine.leave()
    isLeaving.withLockedValue { $0 = true }
    wire.flush()
    closeIfDone()
  }

  /// Closes at once, and ends everything that waits for the connection.
  func drop(_ failure: CallFailure) {
    ending = failure
    closed(failure)
    wire.close()
  }

  private func closeIfDone() {
    if wire.machine.isDone { wire.close() }
  }

  private func closed(_ failure: CallFailure) {
    guard wire.stop() else { return }
    wire.machine.leave()
    isLeaving.withLockedValue { $0 = true }
    let failure = ending ?? failure
    ready.fail(failure)
    let open = calls
    calls.removeAll()
    for (_, call) in open.all { call.finish(nil, failure, wire.arena) }
  }
}

extension ClientConnection: WireConnectionOwner {
  func tick() {
    if let node, let failure = tls.recheck(node) {
      return leave(CallFailure(.unauthenticated, .certificate, failure.text))
    }
    checkLiveness()
  }

  func checkLiveness() {
    do throws(WireViolation) {
      try wire.checkLiveness()
    } catch {
      // This side gave up waiting: that tells nothing of the password, only that no answer came.
      leave(
        error.reason == .authenticationTimeout ? .noAnswer : error.failure,
        calls: isSignedIn ? .connectionLost("\(error.failure)") : nil)
    }
  }

  func endOverdue() {
    for stream in wire.overdue(in: calls) { cancel(stream: stream, .notInTime) }
  }

  /// A caller sends no more than it was asked to: nothing is to be done.
  func outputWaits(_ context: ChannelHandlerContext) {}

  /// The certificate that the node has shown.
  private var node: PeerIdentity? {
    switch progress {
    case .handshaking: nil
    case .signingIn(_, let node), .signedIn(let node): node
    }
  }
}
