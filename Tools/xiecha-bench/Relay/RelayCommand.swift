import ArgumentParser
import ExchangeProtos
import Foundation
import Ledger
import NIOCore
import NIOPosix
import RPC
import Wire

/// Items from one county over the province to the other, on disk at each hop.
struct RelayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay",
    abstract: "County → province → county, three node processes, durable at each hop.",
    discussion: """
      Throughput: the nodes have met; the items wait in the first county's outbox; the time runs from its start until the \
      last is on the other county's disk, and the nodes tell each other of each delivery meanwhile. \
      Latency: an operator of the first county sends items that were entered before, at the offered \
      rate, one call an item; from when the call was due until the item is on the other county's disk.
      """)

  @Option(help: "Items for the throughput.") var items = 40_000
  @Option(help: "Items sent a second for the latency.") var offered = 1_000
  @Option(help: "Seconds for the latency.") var seconds = 10
  @Option(help: "The folder of the stores; the disk that is measured.") var directory = "."
  @Option(help: "The folder with nats_js.py and its certs; nats-server is started there.")
  var nats: String?
  @OptionGroup var report: Report

  static let goalItemsPerSecond = 5_000.0
  static let goalMilliseconds = 50.0

  func run() async throws {
    var results = report.begin("relay")
    print("| relay | measured | goal | ratio |")
    print("|---|---|---|---|")
    try await measureThroughput(&results)
    try await measureLatency(&results)
    if let nats {
      let rate = try NatsPeer(directory: nats).messagesPerSecond()
      print("| NATS JetStream, acknowledged publish, no fsync a message | \(Int(rate)) msg/s | | |")
      try results.add("nats", rate, "1/s")
    }
    try results.finish()
  }

  private func measureThroughput(_ results: inout Report.Results) async throws {
    let place = try RelayPlace.create(in: directory)
    defer { place.remove() }
    let first = try await RelayStock(place: place, count: 1, isSent: true).put()
    let network = RelayNetwork(place)
    defer { network.stop() }
    let endpoint = try network.startReceivers()
    let reader = try network.reader(of: RelayPlace.asked)
    func arrivals(of identities: [LedgerID]) async throws -> NIODeadline {
      var last = NIODeadline.now()
      try await ArrivalWatch(
        ledger: reader, identities: identities, limit: .seconds(120), interval: .milliseconds(10)
      ).run { last = $1 }
      return last
    }
    // The nodes meet: from a neighbour that they do not know yet they take everything page by page.
    try network.startAsking(above: endpoint)
    _ = try await arrivals(of: first)
    network.stopAsking()
    let identities = try await RelayStock(place: place, count: items, isSent: true).put()
    let before = network.processorMicroseconds + [0]
    let start = NIODeadline.now()
    try network.startAsking(above: endpoint)
    let last = try await arrivals(of: identities)
    let rate = Double(items) / (Double((last - start).nanoseconds) / 1e9)
    let cpu = zip(network.processorMicroseconds, before).map {
      String(format: "%.0f", ($0 - $1) / Double(items))
    }
    try reader.close()
    let ratio = String(format: "%.2f", rate / RelayCommand.goalItemsPerSecond)
    print("| throughput, \(items) items | \(Int(rate)) items/s | ≥ 5000 | \(ratio) |")
    print("| CPU an item: province, asked, asking county | \(cpu.joined(separator: ", ")) µs | | |")
    try results.add("items", rate, "1/s", .aim(.atLeast, RelayCommand.goalItemsPerSecond))
  }

  private func measureLatency(_ results: inout Report.Results) async throws {
    let place = try RelayPlace.create(in: directory)
    defer { place.remove() }
    let identities = try await RelayStock(
      place: place, count: offered * seconds, isSent: false
    ).put()
    let network = RelayNetwork(place)
    defer { network.stop() }
    try network.startAsking(above: try network.startReceivers())
    let reader = try network.reader(of: RelayPlace.asked)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let connection = try await network.connectOperator(group: group)
    // The first item opens the way; it does not count.
    let start = NIODeadline.now() + .seconds(2)
    let pace = RelayPace(start: start, perSecond: offered)
    let sending = connection.eventLoop.submit { pace.run(identities, over: connection) }
    var latencies = Latencies()
    try await sending.get()
    try await ArrivalWatch(
      ledger: reader, identities: identities, limit: .seconds(Int64(seconds) + 60),
      interval: .milliseconds(1)
    ).run { place, now in
      latencies.add(nanoseconds: max(0, (now - pace.due(place)).nanoseconds))
    }
    await connection.close()
    try await group.shutdownGracefully()
    try reader.close()
    let (p50, p99) = (latencies.percentile(0.50) / 1000, latencies.percentile(0.99) / 1000)
    let ratio = String(format: "%.2f", p99 / RelayCommand.goalMilliseconds)
    let (text50, text99) = (String(format: "%.1f", p50), String(format: "%.1f", p99))
    print("| p50 at \(offered)/s offered | \(text50) ms | | |")
    print("| p99 at \(offered)/s offered | \(text99) ms | < 50 ms | \(ratio) |")
    try results.add("p50", p50, "ms")
    try results.add("p99", p99, "ms", .aim(.atMost, RelayCommand.goalMilliseconds))
  }
}

/// Sends items at a steady rate, whatever becomes of them; lives on a connection's loop.
struct RelayPace: Sendable {
  let start: NIODeadline
  let perSecond: Int

  func due(_ place: Int) -> NIODeadline {
    start + .nanoseconds(Int64(place) * 1_000_000_000 / Int64(perSecond))
  }

  func run(_ identities: [LedgerID], over connection: RPCConnection) {
    step(identities, from: 0, over: connection)
  }

  private func step(_ identities: [LedgerID], from first: Int, over connection: RPCConnection) {
    var next = first
    let now = NIODeadline.now()
    while next < identities.count, due(next) <= now {
      var request = ItemsRequest()
      request.ids = [identities[next].bytes]
      connection.call(Items.send, request) { outcome in
        if case .failure(let failure) = outcome { print("not sent: \(failure)") }
      }
      next += 1
    }
    guard next < identities.count else { return }
    connection.eventLoop.scheduleTask(deadline: due(next)) { [next] in
      step(identities, from: next, over: connection)
    }
  }
}
