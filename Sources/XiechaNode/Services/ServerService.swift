import Exchange
import NIOCore
import RPC
import ServiceLifecycle

/// The listening side: answers until the node is asked to stop, then lets open calls end.
struct ServerService: Service {
  let node: Node
  let server: RPCServer
  let grace: TimeAmount

  func run() async throws {
    try await gracefulShutdown()
    node.leaveLinks()
    await server.drain(within: grace)
  }
}
