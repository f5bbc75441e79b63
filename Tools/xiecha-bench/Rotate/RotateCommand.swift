import ArgumentParser
import Credentials
import RPC
import TestNodes

/// Rotations under load: what they cost those who are at work.
struct RotateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "A county's password, key and authority are replaced under calls and a full link.",
    discussion: """
      Beside them, in the same run and under the same load: how long a link is down that is cut and \
      dialled again. A rotation ends its link by itself and may need two dials, because the old \
      credential is refused before the new one is tried.
      """)

  @Option(help: "Calls a second of an operator.") var perSecond = 500
  @Option(help: "Cuts of the link, to compare with.") var cuts = 10
  @Option(help: "The folder of the nodes' stores.") var directory = "."
  @OptionGroup var report: Report

  func run() async throws {
    var results = report.begin("rotate")
    let network = try await RotatingNetwork(in: directory)
    try network.join()
    let load = try await RotateLoad(on: network, perSecond: perSecond)
    load.start()
    var cutsDown: [Duration] = []
    for _ in 0..<cuts {
      try await Task.sleep(for: .milliseconds(200))
      cutsDown += try await untilOpen(network)
      await network.county.leaveAbove()
      try network.join()
    }
    cutsDown += try await untilOpen(network)
    let dial = cutsDown.max() ?? .zero
    let longest = dial * 2 + .milliseconds(Int64(Backoff.firstMilliseconds))
    print("| what | seconds | link ended | longest down ms |")
    print("|---|---|---|---|")
    var late = 0
    for (name, rotate) in rotations(of: network) {
      _ = network.times.take()
      let begun = ContinuousClock.now
      try await rotate()
      try await Task.sleep(for: .seconds(1))
      let took = ContinuousClock.now - begun
      let down = network.times.take()
      late += down.count { $0 > longest }
      let worst = down.max() ?? .zero
      let cells = [text(took / .seconds(1)), "\(down.count)", text(worst / .milliseconds(1))]
      print("| \(name) | \(cells.joined(separator: " | ")) |")
      try results.add("\(name), longest down", worst / .milliseconds(1), "ms")
    }
    let done = await load.stop()
    print(
      "\(done.begun) calls, \(done.sent) items sent; a cut link is back after "
        + "\(text(dial / .milliseconds(1))) ms at most")
    if let first = done.first { print("the first that failed: \(first)") }
    try results.add("failed calls", Double(done.failed), "calls", .must(.atMost, 0))
    try results.add(
      "links down longer than a reconnect", Double(late), "links", .must(.atMost, 0))
    try await network.stop()
    try results.finish()
  }

  private func rotations(
    of network: RotatingNetwork
  ) -> [(String, () async throws -> Void)] {
    [
      ("password", { try await network.rotate(.password) }),
      ("key", { try await network.rotate(.key) }),
      ("authority", { try await network.rotateAuthority() }),
    ]
  }

  private func untilOpen(_ network: RotatingNetwork) async throws -> [Duration] {
    while true {
      let down = network.times.take()
      if !down.isEmpty { return down }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  private func text(_ value: Double) -> String { String(Int((value * 10).rounded()) / 10) }
}
