import Foundation

/// The competitors: programs that shared/peers builds, run as its README says.
struct Peer {
  let directory: String
  let seconds: Int

  /// Bare OpenSSL, `batch` frames a write: the floor.
  func limit(batch: Int) throws -> Row {
    try row(
      "bare OpenSSL", "limit", arrangement: "1×\(batch)",
      client: { port in ["client", port, "\(directory)/certs", "\(batch)", "\(seconds)"] })
  }

  /// gRPC C++ with its callback API.
  func grpc(connections: Int, inFlight: Int) throws -> Row {
    try row(
      "gRPC C++", "grpc-cpp", arrangement: "\(connections)×\(inFlight)",
      client: { port in
        ["client", port, "\(directory)/certs", "\(connections)", "\(inFlight)", "\(seconds)"]
      })
  }

  private func row(
    _ name: String, _ program: String, arrangement: String, client: (String) -> [String]
  ) throws -> Row {
    let port = "\(Int.random(in: 20_000..<30_000))"
    let path = "\(directory)/\(program)"
    let server = try Subprocess(
      path, ["server", port, "\(directory)/certs"], readyOnStandardError: true)
    defer { server.stop() }
    _ = try server.waitUntilReady()
    let before = Processor.microseconds(of: server.identifier)
    let words = try Subprocess.run(path, client(port)).split { $0 == " " || $0 == "\n" }
    let cpu = Processor.microseconds(of: server.identifier) - before
    func figure(_ name: String) -> Double {
      guard let place = words.firstIndex(of: Substring(name)), place + 1 < words.count else {
        return .nan
      }
      return Double(words[place + 1]) ?? .nan
    }
    let rate = figure("rps")
    return Row(
      name: name, arrangement: arrangement, requestsPerSecond: rate, p50: figure("p50us"),
      p99: figure("p99us"), clientCPU: figure("client_cpu_us_per_req"),
      serverCPU: cpu / (rate * Double(seconds)))
  }
}
