import NIOCore
import RPC
import Synchronization
import Wire

/// A healthy client that arrives: opens a connection, shakes hands in full and signs in, again and
/// again at a steady rate whatever else happens, and notes how long each took from when it was due.
final class SignInProbe: Sendable {
  private let server: BenchServer
  private let signIn: SignIn
  private let group: any EventLoopGroup
  private let interval: Duration
  private let isStopped = Mutex(false)

  init(_ server: BenchServer, every interval: Duration, group: any EventLoopGroup) {
    self.server = server
    self.interval = interval
    self.group = group
    signIn = BenchServer.signIn()
  }

  /// Signs in until ``stop()``.
  func run() async -> Probe.Figures {
    await withTaskGroup(of: (took: Duration, failure: String?).self) { tasks in
      var figures = Probe.Figures()
      var due = ContinuousClock.now
      while !isStopped.withLock({ $0 }) {
        tasks.addTask { [self, due] in
          let failure = await once()
          return (ContinuousClock.now - due, failure)
        }
        due += interval
        try? await Task.sleep(until: due)
      }
      for await (took, failure) in tasks {
        figures.latencies.add(nanoseconds: Int64(took / .nanoseconds(1)))
        if let failure {
          figures.failures[failure, default: 0] += 1
        } else {
          figures.answered += 1
        }
      }
      return figures
    }
  }

  func stop() { isStopped.withLock { $0 = true } }

  /// Why it did not get in; nil where it did.
  ///
  /// A context of its own has no session to resume.
  private func once() async -> String? {
    do {
      let connection = try await server.connect(signIn, group: group)
      await connection.close()
      return nil
    } catch {
      return (error as? CallFailure)?.reason ?? "\(error)"
    }
  }
}
