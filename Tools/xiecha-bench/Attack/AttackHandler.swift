import Credentials
import ExchangeProtos
import NIOCore
import NIOTLS
import RPC
import TLS
import Wire

/// A hostile peer: signs in where its attack needs that, and then does what it does until the server
/// ends the connection, whose reason it notes.
final class AttackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let attack: Attack
  private var reader = FrameReader(largestPayloadBytes: 1 << 20)
  private var scram: ScramClient?
  private var stream: UInt32 = 0
  private var token: UInt64 = 0
  private var isAttacking = false
  /// What the server gave as its reason: that of `GOAWAY`, else that of the first refused call.
  private(set) var reason = ""

  init(_ attack: Attack) {
    self.attack = attack
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case TLSUserEvent.handshakeCompleted = event else {
      return context.fireUserInboundEventTriggered(event)
    }
    guard attack.signsIn else { return begin(context) }
    guard
      let handler = try? context.pipeline.syncOperations.handler(type: TLSHandler.self),
      let binding = handler.exporter(label: "EXPORTER-Channel-Binding", length: 32),
      var scram = try? ScramClient(
        // Another account than the healthy client's: what one takes is its own share.
        name: "node:441702", password: BenchAccounts.password, channelBinding: binding)
    else { return context.close(promise: nil) }
    var out = ByteBuffer()
    out.writeHello(Hello(.standard))
    out.writeAuthenticate(.clientFirst, scram.clientFirst())
    self.scram = scram
    context.writeAndFlush(wrapOutboundOut(out), promise: nil)
  }

  func channelActive(context: ChannelHandlerContext) {
    if !attack.usesTLS { begin(context) }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard attack.usesTLS else { return }
    var bytes = unwrapInboundIn(data)
    reader.append(&bytes)
    do {
      while try reader.next({ header, payload in
        self.received(header, Array(payload), context)
        return true
      }) != nil {}
    } catch {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isAttacking = false
    context.fireChannelInactive()
  }

  private func received(
    _ header: FrameHeader, _ payload: [UInt8], _ context: ChannelHandlerContext
  ) {
    switch header.type {
    case .authenticate: authenticate(Array(payload.dropFirst()), first: payload.first, context)
    case .goAway: reason = AttackHandler.reason(payload.dropFirst(4)) ?? reason
    case .result where reason.isEmpty: reason = AttackHandler.reason(payload[...]) ?? ""
    default: return
    }
  }

  /// The word after the status, as PROTOCOL.md lays a failure down; nil for a success.
  private static func reason(_ failure: ArraySlice<UInt8>) -> String? {
    guard failure.count >= 7, failure.first != StatusCode.ok.rawValue else { return nil }
    let length = Int(failure[failure.startIndex + 5])
    return String(decoding: failure.dropFirst(6).prefix(length), as: UTF8.self)
  }

  private func authenticate(
    _ message: [UInt8], first: UInt8?, _ context: ChannelHandlerContext
  ) {
    guard var scram else { return }
    switch first {
    case AuthenticationStep.serverFirst.rawValue:
      guard let proof = try? scram.clientFinal(serverFirst: message) else {
        return context.close(promise: nil)
      }
      self.scram = scram
      var out = ByteBuffer()
      out.writeAuthenticate(.clientFinal, proof)
      context.writeAndFlush(wrapOutboundOut(out), promise: nil)
    case AuthenticationStep.serverFinal.rawValue: begin(context)
    default: return
    }
  }

  // MARK: The attack

  private func begin(_ context: ChannelHandlerContext) {
    isAttacking = true
    if attack == .neverReading {
      context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
    }
    step(context)
  }

  /// One write, then the next after a pause: as soon as the last has left for the floods.
  private func step(_ context: ChannelHandlerContext) {
    guard isAttacking else { return }
    var out = ByteBuffer()
    let pause = write(&out)
    guard out.readableBytes > 0 else { return }
    let written = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(out), promise: written)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let loop = context.eventLoop
    written.futureResult.whenSuccess {
      loop.scheduleTask(in: pause) { bound.value.0.step(bound.value.1) }
    }
  }

  /// The next bytes, and how long to wait after them.
  private func write(_ out: inout ByteBuffer) -> TimeAmount {
    switch attack {
    case .byteASecond:
      out.writeInteger(UInt8(22))
      return .seconds(1)
    case .silent: return .hours(1)
    case .neverReading:
      for _ in 0..<64 { request(&out, kind: 1) }
      return .nanoseconds(0)
    case .streamFlood:
      guard stream < 100_000 else { return .hours(1) }
      for _ in 0..<64 { request(&out, kind: AttackCommand.endlessKind) }
      return .nanoseconds(0)
    case .creditOverflow:
      request(&out, kind: AttackCommand.endlessKind)
      for _ in 0..<64 { out.writeCredit(.max, stream: stream) }
      return .nanoseconds(0)
    case .pingFlood:
      for _ in 0..<64 {
        token += 1
        out.writePing(token, answer: false)
      }
      return .nanoseconds(0)
    case .cancelFlood:
      for _ in 0..<64 {
        request(&out, kind: AttackCommand.endlessKind)
        out.writeCancel(stream: stream)
      }
      return .nanoseconds(0)
    case .giantHeader:
      out.writeHeader(FrameHeader(.request, .end, stream: 1, payloadBytes: Int(UInt32.max)))
      return .hours(1)
    }
  }

  private func request(_ out: inout ByteBuffer, kind: UInt32) {
    stream += 1
    var item = ClosedLoop.request
    item.kind = kind
    let message = item.encoded()
    out.writeRequestHead(
      RequestHead(method: Bench.submit.descriptor.number, timeoutMilliseconds: 0),
      stream: stream, flags: [.message, .end], messageBytes: message.count)
    out.writeBytes(message)
  }
}
