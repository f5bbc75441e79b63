import Exchange
import ServiceLifecycle

/// Ends what is open of whoever was revoked, until the node is asked to stop.
struct RightsService: Service {
  let watch: RightsWatch

  func run() async throws { await cancelWhenGracefulShutdown { await watch.run() } }
}
