import NIOCore
import RPC
import ServiceLifecycle

/// The listening side: answers until the node is asked to stop, then lets open calls end.
struct ServerService: Service {
  let server: RPCServer
  let grace: TimeAmount

  func run() async throws {
    try await gracefulShutdown()
    await server.drain(within: grace)
  }
}
