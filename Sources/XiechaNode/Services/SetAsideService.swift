import Exchange
import ServiceLifecycle

/// What was set aside is tried again by itself, until the node is asked to stop.
struct SetAsideService: Service {
  let watch: SetAsideWatch

  func run() async throws {
    await cancelWhenGracefulShutdown { await watch.run() }
  }
}
