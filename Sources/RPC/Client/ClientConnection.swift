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

  let arena = MessageArena()
  var machine: ClientStateMachine
  var out = ByteBuffer()
  var calls = StreamTable<ClientCall>()
  private(set) var context: ChannelHandlerContext?
  let tls: TLSContext
  let limits: WireLimits
  let signIn: SignIn
  let ready: EventLoopPromise<Void>
  private let isLeaving: NIOLockedValueBox<Bool>
  var scram: ScramClient?
  var peer: PeerIdentity?
  private var reader: FrameReader
  private var now = NIODeadline.now()
  private var isReading = false
  private var flushIsScheduled = false
  private var timers = ConnectionTimers()
  var isSignedIn = false
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
    machine = ClientStateMachine(limits: limits, now: NIODeadline.now().milliseconds)
    reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.start(on: context.eventLoop, limits: limits) { owner.value.tick() }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    over(.connectionLost())
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    over(.connectionLost())
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Of an open connection nobody knows which calls the node had begun with, however it ends.
    over(isSignedIn ? .connectionLost("\(error)") : CallFailure(connecting: error))
    context.close(promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted: handshakeCompleted(context)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    reader.append(&bytes)
    now = .now()
    isReading = true
    defer { isReading = false }
    do throws(WireViolation) {
      while try reader.next({ header, payload throws(WireViolation) in
        try self.received(header, payload)
        return true
      }) != nil {
        reader.largestPayloadBytes = machine.largestPayloadBytes
      }
    } catch {
      leave(error.failure, calls: .connectionLost("the node broke the protocol: \(error.failure)"))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush()
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { for (_, call) in calls.all { call.wake() } }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Frames

  private func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) {
    switch try machine.received(header, payload, now: now.milliseconds) {
    case .nothing: break
    case .greeted: startPings()
    case .succeed(let stream, let hasMessage):
      let message = UnsafeRawBufferPointer(rebasing: payload.dropFirst())
      end(stream: stream, hasMessage ? message : nil, nil)
    case .fail(let stream, let failure): end(stream: stream, nil, failure)
    case .deliver(let stream): deliver(stream: stream, payload)
    case .resume(let stream): calls[stream]?.wake()
    case .answerPing(let token): out.writePing(token, answer: true)
    case .authenticate(let step): authenticate(step, Array(payload.dropFirst()))
    case .goAway(let last, let failure): goAway(last, failure)
    }
  }

  private func deliver(stream: UInt32, _ payload: UnsafeRawBufferPointer) {
    guard let inbox = calls[stream]?.inbox else { return }
    do throws(MessageRefusal) {
      try inbox.put(payload, in: arena)
    } catch {
      abandon(stream: stream, CallFailure(reply: error))
    }
  }

  private func end(
    stream: UInt32, _ reply: UnsafeRawBufferPointer?, _ failure: CallFailure?
  ) {
    calls.removeValue(forKey: stream)?.complete(reply, failure, arena)
    closeIfDone()
  }

  private func goAway(_ last: UInt32, _ failure: CallFailure) {
    ending = failure
    isLeaving.withLockedValue { $0 = true }
    ready.fail(failure)
    for (stream, _) in calls.all where stream > last {
      _ = machine.cancel(stream: stream)
      end(stream: stream, nil, .notLookedAt)
    }
    closeIfDone()
  }

  /// Gives a call up, here and at the node.
  func abandon(stream: UInt32, _ failure: CallFailure) {
    guard machine.cancel(stream: stream) else { return }
    out.writeCancel(stream: stream)
    flushSoon()
    end(stream: stream, nil, failure)
  }

  // MARK: Output

  func flushSoon() {
    guard !isReading, !flushIsScheduled, let context else { return }
    flushIsScheduled = true
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute { owner.value.flush() }
  }

  func flush() {
    flushIsScheduled = false
    guard out.readableBytes > 0, let context else { return }
    machine.wrote(now: now.milliseconds)
    context.writeAndFlush(wrapOutboundOut(out), promise: nil)
    out.clear()
  }

  /// Tells the node why this side ends the connection, and its own calls what that means to them.
  func leave(_ failure: CallFailure, calls: CallFailure? = nil) {
    out.writeGoAway(failure, lastStream: 0)
    flush()
    giveUp(calls ?? failure)
  }

  /// Ends the connection, and everything that waits for it.
  func giveUp(_ failure: CallFailure) {
    ending = failure
    over(failure)
    context?.close(promise: nil)
  }

  /// Opens no more calls, lets the open ones end, and closes.
  func close() {
    out.writeGoAway(
      CallFailure(.cancelled, .done, "the client has nothing more to ask"), lastStream: 0)
    machine.leave()
    isLeaving.withLockedValue { $0 = true }
    flush()
    closeIfDone()
  }

  private func closeIfDone() {
    if machine.isDone { context?.close(promise: nil) }
  }

  // MARK: Time

  private func tick() {
    now = .now()
    if let peer, let failure = tls.recheck(peer) {
      return leave(CallFailure(.unauthenticated, .certificate, failure.text))
    }
    do throws(WireViolation) {
      if let token = try machine.tick(now: now.milliseconds) {
        out.writePing(token, answer: false)
        flush()
      }
    } catch {
      // That this side's patience ended says nothing of the password: the node did not answer.
      leave(
        error.reason == .authenticationTimeout
          ? .noAnswer : error.failure,
        calls: isSignedIn ? .connectionLost("\(error.failure)") : nil)
    }
  }

  /// For a node that waits less long than the ticks are apart.
  private func startPings() {
    guard let context, let interval = machine.pingMilliseconds else { return }
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.ping(every: interval, on: context.eventLoop) { owner.value.tick() }
  }

  func cover(_ deadline: NIODeadline) {
    guard let context else { return }
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.cover(deadline, on: context.eventLoop) { owner.value.endOverdue() }
  }

  private func endOverdue() {
    timers.deadlinesLookedAt()
    now = .now()
    for (stream, call) in calls.all {
      guard let deadline = call.deadline else { continue }
      if deadline <= now {
        abandon(stream: stream, .notInTime)
      } else {
        cover(deadline)
      }
    }
  }

  // MARK: End

  private func over(_ failure: CallFailure) {
    guard timers.stop() else { return }
    machine.leave()
    isLeaving.withLockedValue { $0 = true }
    let failure = ending ?? failure
    ready.fail(failure)
    let open = calls
    calls.removeAll()
    for (_, call) in open.all { call.complete(nil, failure, arena) }
  }
}
