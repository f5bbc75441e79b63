import ArgumentParser
import Foundation
import RPC

/// Requests per second, latency and CPU of the protocol, beside bare OpenSSL and gRPC C++.
struct RPCCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc",
    abstract: "The 400-byte request: decoded, authorised, answered; beside its peers.",
    discussion: """
      With --peers DIR, where shared/peers/build.sh has built `limit` and `grpc-cpp`, each \
      arrangement is measured beside both in the same run.
      """)

  @Option(help: "Seconds for each figure.") var seconds = 5
  @Option(help: "The folder with the built peers.") var peers: String?
  @Option(help: "Event loops of the server.") var threads = 1

  @OptionGroup var report: Report

  static let arrangements = [(1, 1), (1, 64), (8, 32)]

  /// A lone request's time over that of bare OpenSSL.
  static let goalLatencyRatio = 1.4
  /// The part of bare OpenSSL's requests that are still answered with many in flight.
  static let goalShareOfLimit = 0.5
  /// Requests of gRPC C++, with many in flight.
  static let goalOverGRPC = 10.0
  /// The server's processor time, over that of gRPC C++.
  static let goalProcessorRatio = 0.125

  func run() async throws {
    var results = report.begin("rpc")
    let certificates = try Certificates.create()
    defer { certificates.remove() }
    print("connections × in flight, \(seconds) s each; µs are wall time for p50 and p99, CPU else")
    print(Row.heading)
    for (connections, inFlight) in RPCCommand.arrangements {
      let own = try await ownRow(connections, inFlight, certificates)
      print(own.line(beside: own))
      let arrangement = own.arrangement
      try results.add(arrangement, own.requestsPerSecond, "1/s")
      try results.add("\(arrangement), p99", own.p99, "µs")
      guard let peers else { continue }
      let peer = Peer(directory: peers, seconds: seconds)
      if connections == 1 {
        let floor = try peer.limit(batch: inFlight)
        print(floor.line(beside: own))
        try results.add(
          "\(arrangement), of bare OpenSSL", own.requestsPerSecond / floor.requestsPerSecond,
          "times", inFlight == 1 ? nil : .aim(.atLeast, RPCCommand.goalShareOfLimit))
        if inFlight == 1 {
          try results.add(
            "\(arrangement), p50 over bare OpenSSL's", own.p50 / floor.p50, "times",
            .aim(.atMost, RPCCommand.goalLatencyRatio))
        }
      }
      let grpc = try peer.grpc(connections: connections, inFlight: inFlight)
      print(grpc.line(beside: own))
      try results.add(
        "\(arrangement), over gRPC C++", own.requestsPerSecond / grpc.requestsPerSecond, "times",
        inFlight == 1 ? nil : .aim(.atLeast, RPCCommand.goalOverGRPC))
      if (connections, inFlight) == (1, 64) {
        try results.add(
          "\(arrangement), server CPU over gRPC C++'s", own.serverCPU / grpc.serverCPU, "times",
          .aim(.atMost, RPCCommand.goalProcessorRatio))
      }
    }
    try results.finish()
  }

  private func ownRow(
    _ connections: Int, _ inFlight: Int, _ certificates: Certificates
  ) async throws -> Row {
    let server = try Subprocess(
      CommandLine.arguments[0],
      ["serve", "--certificates", certificates.directory, "--threads", "\(threads)"])
    defer { server.stop() }
    guard let port = Int(try server.waitUntilReady()) else { throw Subprocess.Ended() }
    let before = Processor.microseconds(of: server.identifier)
    let figures = try await ClosedLoop(connections: connections, inFlight: inFlight).run(
      seconds: seconds, on: Endpoint(host: "127.0.0.1", port: port), certificates: certificates)
    let serverCPU = Processor.microseconds(of: server.identifier) - before
    // The warm-up second is in the server's time and not among the requests.
    let counted = Double(figures.requests) * Double(seconds + 1) / Double(seconds)
    return Row(
      name: "xiecha", arrangement: "\(connections)×\(inFlight)",
      requestsPerSecond: figures.requestsPerSecond, p50: figures.p50Microseconds,
      p99: figures.p99Microseconds, clientCPU: figures.clientCPUMicroseconds,
      serverCPU: serverCPU / counted)
  }
}
