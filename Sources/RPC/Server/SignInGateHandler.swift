internal import NIOCore

/// Holds the first bytes of a new connection until it has a place of the ``SignInGate``: a peer that
/// sends nothing takes no place, and one that sends and goes away costs no handshake.
///
/// First in the pipeline, before TLS; gone from it after the sign-in.
final class SignInGateHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What waits for a place at most, in bytes: a ClientHello is under 2 KiB.
  static let heldBytes = 64 << 10

  private enum State {
    case nothingCame
    case waiting(ByteBuffer)
    case holdsPlace(Scheduled<Void>)
    case left
  }

  private let gate: SignInGate
  private var state = State.nothingCame
  private var context: ChannelHandlerContext?

  init(_ gate: SignInGate) {
    self.gate = gate
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    giveBack()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    giveBack()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch state {
    case .nothingCame:
      let bytes = unwrapInboundIn(data)
      let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
      if gate.enter({ owner.eventLoop.execute { owner.value.admitted() } }) {
        holdPlace(context)
        context.fireChannelRead(wrapInboundOut(bytes))
      } else {
        state = .waiting(bytes)
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
      }
    case .waiting(var held):
      // A read that was under way, or the rest before the peer's end.
      var bytes = unwrapInboundIn(data)
      held.writeBuffer(&bytes)
      state = .waiting(held)
      if held.readableBytes > SignInGateHandler.heldBytes { context.close(promise: nil) }
    case .holdsPlace, .left: context.fireChannelRead(data)
    }
  }

  /// Its turn has come: handshake and sign-in go on.
  func admitted() {
    guard case .waiting(let held) = state, let context else { return gate.leave() }
    holdPlace(context)
    context.fireChannelRead(wrapInboundOut(held))
    context.fireChannelReadComplete()
    try? context.channel.syncOptions?.setOption(.autoRead, value: true)
  }

  /// The sign-in is done, or takes so long that others should not wait for it.
  func leave() {
    guard case .holdsPlace = state, let context else { return }
    giveBack()
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  private func holdPlace(_ context: ChannelHandlerContext) {
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    state = .holdsPlace(
      context.eventLoop.scheduleTask(in: .milliseconds(SignInGate.holdMilliseconds)) {
        owner.value.leave()
      })
  }

  private func giveBack() {
    if case .holdsPlace(let timer) = state {
      timer.cancel()
      gate.leave()
    }
    state = .left
  }
}
