import Glibc
import NIOCore
import NIOEmbedded
import TLS
import TestSupport

/// Fails a test with a sentence.
struct Unexpected: Error { var text: String }

/// A directory of its own with an authority and the certificates of a province and a county.
final class TestNetwork: Sendable {
  static let province = "350000"
  static let county = "350425"
  private let folder: TemporaryFolder
  var directory: String { folder.path }
  let authority: CertificateAuthority
  let now: Int64

  init() throws {
    folder = try TemporaryFolder()
    now = Int64(time(nil))
    authority = try CertificateAuthority.create(in: folder.path, name: "Test", now: now)
    for division in [TestNetwork.province, TestNetwork.county] {
      _ = try authority.issueNode(division: division, in: folder.path, now: now)
    }
  }

  func configuration(
    _ name: String?, revocation: Bool = false,
    minimum: TLSConfiguration.Version = .v13
  ) -> TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: name.map { "\(directory)/\($0).pem" },
      privateKeyFile: name.map { "\(directory)/\($0).key" },
      trustRootsFile: authority.certificateFile,
      revocationListFile: revocation ? authority.revocationListFile : nil,
      minimumVersion: minimum)
  }

  func server(_ name: String = province, revocation: Bool = false) throws -> TLSContext {
    try TLSContext(server: configuration(name, revocation: revocation))
  }

  func client(_ name: String? = county, revocation: Bool = false) throws -> TLSContext {
    try TLSContext(client: configuration(name, revocation: revocation))
  }

  /// A county and its province, each proven to the other.
  func connected() throws -> Pair {
    let pair = try Pair(client: client(), server: server())
    try pair.connect()
    return pair
  }
}

/// Keeps what comes out of the top of a pipeline, in order.
final class Recorder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  var bytes: [UInt8] = []
  var reads = 0
  var events: [String] = []
  var failures: [TLSFailure] = []
  /// Runs on each read, to write or close from within.
  var onRead: ((ChannelHandlerContext, ByteBuffer) -> Void)?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    bytes += buffer.readableBytesView
    reads += 1
    onRead?(context, buffer)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    events.append("\(event)")
  }

  func channelInactive(context: ChannelHandlerContext) {
    events.append("inactive")
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let failure = error as? TLSFailure {
      failures.append(failure)
    } else {
      failures.append(TLSFailure(.internal, "\(error)"))
    }
  }
}

/// A client and a server in memory, joined by ``pump()``.
final class Pair {
  struct Side {
    let channel: EmbeddedChannel
    let handler: TLSHandler
    let recorder: Recorder

    func write(_ bytes: [UInt8], promise: EventLoopPromise<Void>? = nil) {
      channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: promise)
    }
  }

  let loop = EmbeddedEventLoop()
  let client: Side
  let server: Side

  init(
    client: TLSContext, server: TLSContext, expecting: String? = TestNetwork.province
  ) throws {
    func side(_ context: TLSContext, _ expected: String?, _ loop: EmbeddedEventLoop) throws -> Side
    {
      let handler = TLSHandler(context: context, expectedPeerDivision: expected)
      let recorder = Recorder()
      let channel = EmbeddedChannel(handlers: [handler, recorder], loop: loop)
      return Side(channel: channel, handler: handler, recorder: recorder)
    }
    self.client = try side(client, expecting, loop)
    self.server = try side(server, nil, loop)
  }

  func connect() throws {
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    server.channel.connect(to: address, promise: nil)
    client.channel.connect(to: address, promise: nil)
    pump()
  }

  /// Carries bytes over until none are left; each buffer in pieces of at most `pieceBytes`.
  func pump(pieceBytes: Int = .max) {
    var moved = true
    while moved {
      moved = carry(client, server, pieceBytes) || carry(server, client, pieceBytes)
    }
  }

  private func carry(_ from: Side, _ to: Side, _ pieceBytes: Int) -> Bool {
    var moved = false
    while var buffer = (try? from.channel.readOutbound(as: ByteBuffer.self)) ?? nil {
      moved = true
      while let piece = buffer.readSlice(length: min(pieceBytes, buffer.readableBytes)),
        piece.readableBytes > 0
      {
        _ = try? to.channel.writeInbound(piece)
      }
    }
    return moved
  }

  /// What the side that dials, and the side that is dialled, failed with.
  var failures: (client: [TLSFailure.Kind], server: [TLSFailure.Kind]) {
    (client.recorder.failures.map(\.kind), server.recorder.failures.map(\.kind))
  }
}
