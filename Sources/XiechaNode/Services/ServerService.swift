import Exchange
import Logging
import NIOCore
import Presentation
import Program
import RPC
import ServiceLifecycle

/// The listening side: answers until the node is asked to stop, then lets open calls end.
struct ServerService: Service {
  let node: Node
  let server: RPCServer
  let grace: TimeAmount
  /// What the node is, for the line that says that it listens.
  let title: String
  let manager: ServiceManager
  let logger: Logger

  func run() async throws {
    // Here and no earlier: from now on a signal stops the node gracefully.
    do {
      try StandardStream.output.write("ready: \(title) listens on \(server.endpoint)\n")
    } catch {
      logger.warning("standard output takes no line", metadata: ["error": "\(error.explanation)"])
    }
    manager.tell("READY=1", "STATUS=serving")
    try await gracefulShutdown()
    manager.tell("STOPPING=1")
    node.leaveLinks()
    await server.drain(within: grace)
  }
}
