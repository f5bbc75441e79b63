import ArgumentParser
import NIOPosix

/// Many requests, and whether the server's memory stays as it is.
struct SoakCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak", abstract: "The server's resident memory over many requests.")

  @Option(help: "Requests; 10,000,000 for the issue's row.") var requests = 1_000_000
  @Option(help: "Times that the memory is looked at.") var samples = 10
  @OptionGroup var history: History

  func run() async throws {
    let server = try BenchServer.start(["--threads", "1"])
    defer { server.stop() }
    print("| requests | server KiB | since the first sample |")
    print("|---|---|---|")
    var done = 0
    var first: Double?
    var last = 0.0
    while done < requests {
      let figures = try await ClosedLoop(connections: 8, inFlight: 32).run(
        requests: max(1, requests / samples), on: server.endpoint,
        certificates: server.certificates)
      done += figures
      last = server.residentKibibytes
      let growth = last - (first ?? last)
      first = first ?? last
      print("| \(done) | \(Int(last)) | \(Int(growth)) |")
    }
    try history.add("soak", "growth over \(done) requests", last - (first ?? last), "KiB", goal: 0)
  }
}
