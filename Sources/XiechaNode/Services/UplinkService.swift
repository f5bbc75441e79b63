import Exchange
import ServiceLifecycle

/// The link to a node above, kept until the node is asked to stop.
struct UplinkService: Service {
  let uplink: Uplink

  func run() async throws {
    await cancelWhenGracefulShutdown { await uplink.run() }
  }
}
