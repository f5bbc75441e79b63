import Exchange
import ServiceLifecycle

/// Goes by the trust that the network's authority publishes, until the node is asked to stop.
struct TrustService: Service {
  let keeper: TrustKeeper

  func run() async throws {
    await cancelWhenGracefulShutdown {
      await keeper.run { try await Task.sleep(for: .seconds(Uplink.pollSeconds)) }
    }
  }
}
