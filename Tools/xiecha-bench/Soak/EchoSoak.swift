/// Requests that are answered at once, 256 at a time over eight connections.
struct EchoSoak: SoakWork {
  private let server: BenchServer
  private let requests: Int

  init(requests: Int) throws {
    server = try BenchServer.start(["--threads", "1"])
    self.requests = requests
  }

  var servers: [Int32] { [server.process.identifier] }

  func step() async throws -> Int {
    try await ClosedLoop(connections: 8, inFlight: 32).run(
      requests: requests, on: server.endpoint, certificates: server.certificates)
  }

  func stop() { server.stop() }
}
