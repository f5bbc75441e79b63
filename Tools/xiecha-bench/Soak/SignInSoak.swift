import NIOPosix
import RPC

/// Connections that come, sign in and go, sixteen at a time; half of them resume a session.
struct SignInSoak: SoakWork {
  private let server: BenchServer
  private let duration: Duration
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  init(step duration: Duration) throws {
    server = try BenchServer.start(["--threads", "1"])
    self.duration = duration
  }

  var servers: [Int32] { [server.process.identifier] }

  func step() async throws -> Int {
    let end = ContinuousClock.now + duration
    let options = try server.options()
    let signIn = BenchServer.signIn()
    return try await withThrowingTaskGroup(of: Int.self) { tasks in
      for worker in 0..<16 {
        tasks.addTask {
          var count = 0
          while ContinuousClock.now < end {
            let connection = try await RPCConnection.connect(
              to: server.endpoint, signIn: signIn,
              options: worker.isMultiple(of: 2) ? options : try server.options(), group: group)
            await connection.close()
            count += 1
          }
          return count
        }
      }
      return try await tasks.reduce(0, +)
    }
  }

  func stop() { server.stop() }
}
