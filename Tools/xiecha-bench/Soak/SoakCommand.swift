import ArgumentParser
import NIOCore
import NIOPosix

/// Long work, and whether the servers' memory stays as it is.
struct SoakCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soak", abstract: "Resident memory of the servers over long work.",
    discussion: """
      echo: requests answered at once. streams: an operator's lists of items from a county's node. \
      links: items that go from one county over the province to the other, and what is told of them \
      back. sign-ins: connections that come, sign in and go. The first third of the samples is warm-up: \
      growth counts from there.
      """)

  @Option(help: "What to do; all four where none is named.") var work: [SoakWorkKind] = []
  @Option(help: "Requests of the echo.") var requests = 10_000_000
  @Option(help: "Seconds of each of the others.") var seconds = 120
  @Option(help: "Times that the memory is looked at, at least 3.") var samples = 12
  @Option(help: "The folder of the nodes' stores.") var directory = "."
  @OptionGroup var report: Report

  /// What a server may grow by after the warm-up, in MiB.
  static let goalMebibytes = 8.0

  func validate() throws {
    guard samples >= 3 else { throw ValidationError("--samples: at least 3") }
  }

  func run() async throws {
    var results = report.begin("soak")
    for kind in work.isEmpty ? SoakWorkKind.allCases : work {
      let work = try await start(kind)
      defer { work.stop() }
      try await measure(kind, work, &results)
    }
    try results.finish()
  }

  private func start(_ kind: SoakWorkKind) async throws -> any SoakWork {
    let step = Duration.seconds(seconds) / samples
    return switch kind {
    case .echo: try EchoSoak(requests: max(1, requests / samples))
    case .streams: try await StreamSoak(step: step, directory: directory)
    case .links: try await LinkSoak(step: step, directory: directory)
    case .signIns: try SignInSoak(step: step)
    }
  }

  private func measure(
    _ kind: SoakWorkKind, _ work: any SoakWork, _ results: inout Report.Results
  ) async throws {
    print("\n| \(kind.rawValue) | KiB of each server | since the warm-up |")
    print("|---|---|---|")
    var done = 0
    var warm: [Double] = []
    var growth = 0.0
    for sample in 1...samples {
      done += try await work.step()
      let resident = work.servers.map(Memory.residentKibibytes(of:))
      if sample <= samples / 3 { warm = resident }
      growth = zip(resident, warm).map(-).max() ?? .nan
      print(
        "| \(done) | \(resident.map { "\(Int($0))" }.joined(separator: ", ")) | \(Int(growth)) |")
    }
    try results.add("\(kind.rawValue), done", Double(done), "times")
    try results.add(
      "\(kind.rawValue), growth", growth / 1024, "MiB", .must(.atMost, SoakCommand.goalMebibytes))
  }
}

enum SoakWorkKind: String, CaseIterable, ExpressibleByArgument, Sendable {
  case echo, streams, links
  case signIns = "sign-ins"
}
