public import NIOCore
import NIOTLS

/// Secures one connection: ciphertext towards the socket, plaintext towards the protocol.
///
/// - Nothing passes up before the handshake has ended and the peer has been checked. Then
///   `TLSUserEvent.handshakeCompleted(negotiatedProtocol: "xiecha/1")` is fired.
/// - Writes gather until the flush, which encrypts them together: one record holds many frames.
/// - A failure is fired as ``TLSFailure``; the connection then ends by itself.
/// - The peer's close_notify ends the connection once what came before it has been read and
///   answered; `TLSUserEvent.shutdownCompleted` is fired.
public final class TLSHandler: ChannelDuplexHandler {
  /// Ciphertext from the socket.
  public typealias InboundIn = ByteBuffer
  /// Plaintext to the protocol.
  public typealias InboundOut = ByteBuffer
  /// Plaintext from the protocol.
  public typealias OutboundIn = ByteBuffer
  /// Ciphertext to the socket.
  public typealias OutboundOut = ByteBuffer

  private enum State {
    case idle
    case handshaking
    case active
    /// This side has sent close_notify and waits for the peer's; what still comes is dropped.
    case closing
    /// The connection has failed, and the alert is on its way. What still comes is dropped unread,
    /// because closing on top of it would take the alert back (TCP reset).
    case draining
    case closed
  }

  /// Who the other side is; nil before the handshake, and where it showed no certificate.
  public private(set) var peer: PeerIdentity?
  /// Whether the handshake resumed an earlier session.
  public private(set) var isResumed = false
  /// What was agreed, such as `TLSv1.3 TLS_AES_128_GCM_SHA256`; empty before the handshake.
  public private(set) var suite = ""

  private let tls: TLSContext
  private let expectedPeerDivision: String?
  private var state = State.idle
  /// Freed when the connection ends, before the handler is.
  private var connection: TLSConnection?
  /// Plaintext that waits for a flush or for the handshake.
  private var pending = ByteBuffer()
  private var pendingPromise: EventLoopPromise<Void>?
  private var flushWaits = false
  private var peerHasClosed = false
  private var outputIsClosed = false
  private var closePromise: EventLoopPromise<Void>?
  private var closeTimer: Scheduled<Void>?

  /// A handler for one connection.
  ///
  /// - Parameters:
  ///   - context: The side's certificate and trust, as they are now.
  ///   - expectedPeerDivision: Whose node must answer. A client should always name it: without it
  ///     any node of the network may.
  public init(context: TLSContext, expectedPeerDivision: String? = nil) {
    tls = context
    self.expectedPeerDivision = expectedPeerDivision
  }

  /// Keying material of this connection alone, with an empty context; nil outside an open
  /// connection.
  ///
  /// The sign-in binds itself to `EXPORTER-Channel-Binding` of 32 bytes (RFC 9266).
  public func exporter(label: String, length: Int) -> [UInt8]? {
    state == .active ? connection?.exporter(label: label, length: length) : nil
  }

  // MARK: Life of the channel

  /// Starts at once on a channel that is open already.
  public func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context) }
  }

  /// Drops what is held.
  public func handlerRemoved(context: ChannelHandlerContext) {
    end(TLSFailure(.closed, "the connection was closed"))
  }

  /// Starts the handshake.
  public func channelActive(context: ChannelHandlerContext) {
    start(context)
    context.fireChannelActive()
  }

  /// Tells whether the connection ended as it should.
  public func channelInactive(context: ChannelHandlerContext) {
    let before = state
    end(TLSFailure(.closed, "the connection was closed"))
    switch before {
    case .handshaking:
      context.fireErrorCaught(
        TLSFailure(.truncated, "the peer closed the connection during the handshake"))
    case .active where !peerHasClosed:
      context.fireErrorCaught(
        TLSFailure(.truncated, "the connection ended without close_notify: it may have been cut"))
    default: break
    }
    context.fireChannelInactive()
  }

  /// Takes the socket's half closure as the end of input, which close_notify must have announced.
  public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else {
      return context.fireUserInboundEventTriggered(event)
    }
    switch state {
    case .handshaking:
      fail(
        context, TLSFailure(.truncated, "the peer closed the connection during the handshake"))
    case .active where !peerHasClosed:
      fail(
        context,
        TLSFailure(.truncated, "the connection ended without close_notify: it may have been cut"))
    case .closing, .draining: finishClose(context)
    case .idle, .active, .closed: break
    }
  }

  private func start(_ context: ChannelHandlerContext) {
    guard state == .idle else { return }
    state = .handshaking
    do throws(TLSFailure) {
      connection = try tls.connection(expectedDivision: expectedPeerDivision)
    } catch {
      return fail(context, error)
    }
    stepHandshake(context)
  }

  private func stepHandshake(_ context: ChannelHandlerContext) {
    guard let connection else { return }
    switch connection.handshake() {
    case .wantsInput: send(context)
    case .failed(let failure): fail(context, failure)
    case .done:
      state = .active
      peer = connection.peer
      isResumed = connection.isResumed
      suite = connection.suite
      send(context)
      context.fireUserInboundEventTriggered(
        TLSUserEvent.handshakeCompleted(
          negotiatedProtocol: tls.configuration.application.rawValue))
      if flushWaits, state == .active { encryptPending(context) }
    }
  }

  // MARK: Reading

  /// Decrypts what came.
  public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let connection else { return }
    var ciphertext = unwrapInboundIn(data)
    switch state {
    case .handshaking:
      connection.bio.receive(&ciphertext)
      stepHandshake(context)
      if state == .active { decrypt(context) }
    case .active, .closing:
      connection.bio.receive(&ciphertext)
      decrypt(context)
    case .idle, .draining, .closed: break
    }
  }

  /// Answers the peer's close_notify, after the answers to what came before it.
  public func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    guard peerHasClosed, state == .active else { return }
    beginClose(context, nil)
  }

  private func decrypt(_ context: ChannelHandlerContext) {
    // The receiver of a buffer may write, flush or close: each turn looks at the state anew.
    while let connection, state == .active || state == .closing {
      let estimate = min(max(connection.readableEstimate, 256), TLSLimits.plaintextBytes)
      var plaintext = context.channel.allocator.buffer(capacity: estimate)
      let outcome = connection.read(into: &plaintext)
      send(context)
      if plaintext.readableBytes > 0, state == .active {
        context.fireChannelRead(wrapInboundOut(plaintext))
      }
      switch outcome {
      case .more: continue
      case .wantsInput: return
      case .closed: return peerClosed(context)
      case .failed(let failure): return fail(context, failure)
      }
    }
  }

  private func peerClosed(_ context: ChannelHandlerContext) {
    guard !peerHasClosed else { return }
    peerHasClosed = true
    connection?.bio.discardInbound()
    switch state {
    case .closing: finishClose(context)
    case .active where outputIsClosed: beginClose(context, nil)
    default: break
    }
  }

  // MARK: Writing

  /// Gathers plaintext until the flush.
  public func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    let isOpen = state == .active || state == .handshaking || state == .idle
    guard isOpen, !outputIsClosed else {
      promise?.fail(TLSFailure(.closed, "written after the connection was closed"))
      return
    }
    var plaintext = unwrapOutboundIn(data)
    if pending.readableBytes == 0 {
      pending = plaintext
    } else {
      // One growth for most flushes: the first buffer is as small as its frame.
      if pending.writableBytes < plaintext.readableBytes {
        pending.reserveCapacity(
          minimumWritableBytes: max(plaintext.readableBytes, TLSLimits.gatheredBytes))
      }
      pending.writeBuffer(&plaintext)
    }
    guard let promise else { return }
    if let pendingPromise {
      pendingPromise.futureResult.cascade(to: promise)
    } else {
      pendingPromise = promise
    }
  }

  /// Encrypts what was gathered and sends it.
  public func flush(context: ChannelHandlerContext) {
    switch state {
    case .active: encryptPending(context)
    case .idle, .handshaking: flushWaits = true
    case .closing, .draining, .closed: break
    }
  }

  private func encryptPending(_ context: ChannelHandlerContext) {
    flushWaits = false
    guard let connection else { return }
    let promise = pendingPromise
    pendingPromise = nil
    if pending.readableBytes > 0 {
      let plaintext = pending
      pending = ByteBuffer()
      do throws(TLSFailure) {
        try connection.write(plaintext)
      } catch {
        promise?.fail(error)
        return fail(context, error)
      }
    }
    send(context, promise)
  }

  /// Hands what OpenSSL has written to the socket.
  private func send(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil) {
    if let ciphertext = connection?.bio.takeOutbound() {
      context.writeAndFlush(wrapOutboundOut(ciphertext), promise: promise)
    } else {
      promise?.succeed()
    }
  }

  // MARK: Closing

  /// Closes with close_notify.
  ///
  /// `.output` finishes this side's writing only.
  public func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    switch (state, mode) {
    case (.active, .all): beginClose(context, promise)
    case (.active, .output):
      guard !outputIsClosed else {
        promise?.fail(ChannelError.outputClosed)
        return
      }
      encryptPending(context)
      outputIsClosed = true
      connection?.sendCloseNotify()
      send(context, promise)
      if peerHasClosed { beginClose(context, nil) }
    case (.closing, .all), (.draining, .all): joinClose(promise)
    default:
      if mode == .all { end(TLSFailure(.closed, "the connection was closed")) }
      context.close(mode: mode, promise: promise)
    }
  }

  private func joinClose(_ promise: EventLoopPromise<Void>?) {
    guard let promise else { return }
    if let closePromise {
      closePromise.futureResult.cascade(to: promise)
    } else {
      closePromise = promise
    }
  }

  private func beginClose(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
    encryptPending(context)
    guard state == .active, let connection else { return joinClose(promise) }
    state = .closing
    joinClose(promise)
    if !outputIsClosed { connection.sendCloseNotify() }
    startCloseTimer(context)
    guard peerHasClosed else { return send(context) }
    // Nothing more comes: the socket closes when this side's last bytes are out.
    let sent = context.eventLoop.makePromise(of: Void.self)
    let isolated = sent.futureResult.assumeIsolated()
    isolated.whenComplete { _ in self.finishClose(context) }
    send(context, sent)
  }

  private func startCloseTimer(_ context: ChannelHandlerContext) {
    closeTimer?.cancel()
    closeTimer = context.eventLoop.assumeIsolated().scheduleTask(
      in: .milliseconds(Int64(TLSLimits.closeMilliseconds))
    ) { self.finishClose(context) }
  }

  private func finishClose(_ context: ChannelHandlerContext) {
    guard state == .closing || state == .draining else { return }
    let orderly = state == .closing && peerHasClosed
    let promise = closePromise
    closePromise = nil
    end(TLSFailure(.closed, "the connection was closed"))
    if orderly { context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted) }
    context.close(mode: .all, promise: promise)
  }

  private func fail(_ context: ChannelHandlerContext, _ failure: TLSFailure) {
    guard state != .closed, state != .draining else { return }
    let wasClosing = state == .closing
    state = .draining
    send(context)
    failPending(failure)
    startCloseTimer(context)
    // Once this side closes, how the peer ends is no news.
    if wasClosing { return finishClose(context) }
    context.fireErrorCaught(failure)
  }

  private func failPending(_ failure: TLSFailure) {
    let promise = pendingPromise
    pendingPromise = nil
    pending = ByteBuffer()
    promise?.fail(failure)
  }

  private func end(_ failure: TLSFailure) {
    state = .closed
    closeTimer?.cancel()
    closeTimer = nil
    connection = nil
    let promise = closePromise
    closePromise = nil
    failPending(failure)
    promise?.succeed()
  }
}
