import Credentials
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import TLS
import TestTLS
import Wire

/// A frame as it came, its payload copied.
struct RawFrame: Sendable, Hashable {
  var header: FrameHeader
  var payload: [UInt8]

  /// The frame as it travels.
  var bytes: [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeHeader(header)
    return Array(buffer.readableBytesView) + payload
  }

  /// The reason and status of a `GOAWAY` or of a failed `RESULT`; nil for any other frame.
  var failure: (status: StatusCode, reason: String)? {
    let rest: ArraySlice<UInt8>
    switch header.type {
    case .goAway: rest = payload.dropFirst(4)
    case .result: rest = payload[...]
    default: return nil
    }
    guard rest.count >= 7, let status = rest.first.flatMap(StatusCode.init(rawValue:)),
      status != .ok
    else { return nil }
    let length = Int(rest[rest.startIndex + 5])
    return (status, String(decoding: rest.dropFirst(6).prefix(length), as: UTF8.self))
  }
}

/// A peer that speaks real TLS and sends whatever bytes a test wants.
final class RawPeer: Sendable {
  let channel: any Channel
  private let arrivals: Arrivals
  private let handler: NIOLoopBound<TLSHandler>

  init(channel: any Channel, arrivals: Arrivals, handler: NIOLoopBound<TLSHandler>) {
    self.channel = channel
    self.arrivals = arrivals
    self.handler = handler
  }

  static func connect(
    to network: Network
  ) async throws -> RawPeer {
    let tls = try Network.certificates.client()
    let arrivals = Arrivals()
    let handlers = NIOLockedValueBox<NIOLoopBound<TLSHandler>?>(nil)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let channel = try await ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let tls = TLSHandler(context: tls, expectedPeerDivision: Network.division)
          handlers.withLockedValue { $0 = NIOLoopBound(tls, eventLoop: channel.eventLoop) }
          try channel.pipeline.syncOperations.addHandlers([tls, RawCollector(arrivals)])
        }
      }
      .connect(host: network.server.endpoint.host, port: network.server.endpoint.port).get()
    guard let handler = handlers.withLockedValue(\.self) else { throw ChannelError.eof }
    return RawPeer(channel: channel, arrivals: arrivals, handler: handler)
  }

  /// The next frame; nil at the end of the connection.
  func next() async -> RawFrame? { await arrivals.next() }

  /// All that still comes until the connection ends.
  func rest() async -> [RawFrame] {
    var frames: [RawFrame] = []
    while let frame = await next() { frames.append(frame) }
    return frames
  }

  /// Sends bytes, in one write; what becomes of them shows in what comes back.
  func send(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

  func send(_ write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer()
    write(&buffer)
    channel.writeAndFlush(buffer, promise: nil)
  }

  /// Says close_notify, and waits for the end.
  func close() async {
    channel.close(promise: nil)
    try? await channel.closeFuture.get()
  }

  func setReads(_ reads: Bool) async throws {
    try await channel.setOption(.autoRead, value: reads).get()
  }

  /// What the sign-in is bound to.
  func channelBinding() async throws -> [UInt8] {
    try await channel.eventLoop.submit { [handler] in
      handler.value.exporter(label: "EXPORTER-Channel-Binding", length: 32) ?? []
    }.get()
  }

  /// Takes the node's `HELLO`, which is returned; then this side's, and the sign-in.
  @discardableResult
  func signIn(
    as name: String = "zhang", password: String = "correct horse", _ hello: Hello = Hello(.standard)
  ) async throws -> RawFrame {
    let theirs = await next()
    guard let theirs, theirs.header.type == .hello else {
      throw Unexpected(wanted: "HELLO", frame: theirs)
    }
    var scram = try ScramClient(
      name: name, password: password, channelBinding: try await channelBinding())
    let first = scram.clientFirst()
    send {
      $0.writeHello(hello)
      $0.writeAuthenticate(.clientFirst, first)
    }
    let final = try scram.clientFinal(serverFirst: try await step(.serverFirst))
    send { $0.writeAuthenticate(.clientFinal, final) }
    try scram.finish(serverFinal: try await step(.serverFinal))
    return theirs
  }

  private func step(_ step: AuthenticationStep) async throws -> [UInt8] {
    let frame = await next()
    guard let frame, frame.header.type == .authenticate, frame.payload.first == step.rawValue
    else { throw Unexpected(wanted: "\(step)", frame: frame) }
    return Array(frame.payload.dropFirst())
  }

  /// Another frame than the sign-in needs.
  struct Unexpected: Error {
    let wanted: String
    let frame: RawFrame?
  }
}

/// The frames that came and were not taken, then the end.
final class Arrivals: Sendable {
  private struct State {
    var frames: [RawFrame] = []
    var taken = 0
    var isOver = false
    var waiter: CheckedContinuation<RawFrame?, Never>?

    mutating func take() -> RawFrame? {
      guard taken < frames.count else { return nil }
      defer {
        taken += 1
        if taken == frames.count {
          frames.removeAll(keepingCapacity: true)
          taken = 0
        }
      }
      return frames[taken]
    }
  }

  private let state = NIOLockedValueBox(State())

  func put(_ frame: RawFrame) {
    state.withLockedValue { state -> CheckedContinuation<RawFrame?, Never>? in
      guard let waiter = state.waiter else {
        state.frames.append(frame)
        return nil
      }
      state.waiter = nil
      return waiter
    }?.resume(returning: frame)
  }

  func finish() {
    state.withLockedValue { state -> CheckedContinuation<RawFrame?, Never>? in
      state.isOver = true
      defer { state.waiter = nil }
      return state.waiter
    }?.resume(returning: nil)
  }

  func next() async -> RawFrame? {
    await withCheckedContinuation { continuation in
      let now = state.withLockedValue { state -> RawFrame?? in
        if let frame = state.take() { return .some(frame) }
        if state.isOver { return .some(nil) }
        state.waiter = continuation
        return nil
      }
      if let now { continuation.resume(returning: now) }
    }
  }
}

final class RawCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let arrivals: Arrivals
  private var reader = FrameReader(largestPayloadBytes: 16 << 20)

  init(_ arrivals: Arrivals) { self.arrivals = arrivals }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    reader.append(&bytes)
    do throws(WireViolation) {
      while let frame = try reader.next({ header, payload throws(WireViolation) in
        RawFrame(header: header, payload: Array(payload))
      }) { arrivals.put(frame) }
    } catch {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { arrivals.finish() }

  func handlerRemoved(context: ChannelHandlerContext) { arrivals.finish() }
}
