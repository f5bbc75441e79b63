import Exchange
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import RPC
import ServiceLifecycle

/// Answers whoever watches over the node, over HTTP: `/health/live`, `/health/ready`, `/metrics`.
///
/// Off unless it is configured, and on loopback alone unless the configuration says otherwise: there is
/// no sign-in.
struct HealthService: Service {
  let health: NodeHealth
  let listening: any Channel
  let logger: Logger

  /// The longest that a caller may be silent, and callers at once.
  private static let silence = TimeAmount.seconds(10)
  private static let backlog: Int32 = 16

  /// Listens; the endpoint has the port that the system chose.
  static func start(
    on endpoint: Endpoint, _ health: NodeHealth, group: any EventLoopGroup, logger: Logger
  ) async throws -> HealthService {
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          try pipeline.addHandler(IdleStateHandler(allTimeout: silence))
          try pipeline.addHandler(HealthHandler(health: health))
        }
      }
      .bind(host: endpoint.host, port: endpoint.port).get()
    return HealthService(health: health, listening: channel, logger: logger)
  }

  func run() async throws {
    logger.notice(
      "health and metrics",
      metadata: ["endpoint": "\(listening.localAddress.map { "\($0)" } ?? "")"])
    try await gracefulShutdown()
    try? await listening.close()
  }
}

/// One caller: a request, an answer, and the end.
private final class HealthHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let health: NodeHealth
  private var head: HTTPRequestHead?

  init(health: NodeHealth) { self.health = health }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: return
    case .end:
      guard let head else { return }
      self.head = nil
      answer(head, on: context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
  }

  private func answer(_ head: HTTPRequestHead, on context: ChannelHandlerContext) {
    let (channel, health) = (context.channel, health)
    Task {
      let answer = await HealthAnswer(to: head.method, head.uri, of: health)
      let body = ByteBuffer(string: head.method == .HEAD ? "" : answer.body)
      var headers = HTTPHeaders([
        ("content-type", answer.type), ("content-length", "\(answer.body.utf8.count)"),
        ("cache-control", "no-store"), ("connection", "close"),
      ])
      if answer.status == .methodNotAllowed { headers.add(name: "allow", value: "GET, HEAD") }
      let response = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
      channel.write(HTTPServerResponsePart.head(response), promise: nil)
      channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
      try? await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
      try? await channel.close()
    }
  }
}

/// What is answered to a request.
private struct HealthAnswer {
  var status: HTTPResponseStatus
  var type = "text/plain; charset=utf-8"
  var body: String

  init(to method: HTTPMethod, _ path: String, of health: NodeHealth) async {
    guard method == .GET || method == .HEAD else {
      (status, body) = (.methodNotAllowed, "only GET is answered\n")
      return
    }
    switch path {
    case "/health/live": (status, body) = (.ok, "alive\n")
    case "/health/ready":
      let trouble = await health.trouble()
      (status, body) = (trouble == nil ? .ok : .serviceUnavailable, "\(trouble ?? "ready")\n")
    case "/metrics":
      do {
        body = try await NodeMetrics.text(of: health)
        (status, type) = (.ok, "text/plain; version=0.0.4; charset=utf-8")
      } catch {
        (status, body) = (.serviceUnavailable, "the ledger cannot be read\n")
      }
    default: (status, body) = (.notFound, "there are /health/live, /health/ready and /metrics\n")
    }
  }
}
