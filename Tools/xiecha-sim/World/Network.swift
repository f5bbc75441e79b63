import Exchange
import NIOCore
import NIOEmbedded
import RPC
import TestSupport
import TestTLS

/// The offices and the cables between them.
final class Network: Surroundings, @unchecked Sendable {
  let scheduler: Scheduler
  let trace: Trace
  let certificates: TestCertificates
  let folder: String
  /// The world's own chance: of delays, faults and crashes.
  var chance: SeededNumbers
  private(set) var offices: [Office] = []
  private(set) var cables: [Cable] = []
  /// Routes that nothing can be dialled over now, by who dials.
  var closedRoutes: Set<String> = []
  /// How long a byte is under way, in nanoseconds.
  var delay: ClosedRange<Int64> = 200_000...5_000_000
  var counts = WeatherCounts()

  /// How long a dial over a closed route takes to fail, in milliseconds.
  private static let refusalMilliseconds = 3_000
  /// What of a write is broken up, of a hundred.
  private static let breaks = 20

  init(seed: UInt64, _ scheduler: Scheduler, _ trace: Trace, in folder: String) throws {
    chance = SeededNumbers(seed: seed)
    (self.scheduler, self.trace, self.folder) = (scheduler, trace, folder)
    certificates = try .create(in: folder)
    scheduler.afterStep = { [unowned self] in collect() }
    scheduler.hasTimers = { [unowned self] in !cables.isEmpty }
    scheduler.stepLedgers = { [unowned self] in stepLedgers(&$0) }
  }

  /// An office of the network.
  subscript(division: String) -> Office? { offices.first { $0.division == division } }

  /// Adds an office, off as yet.
  func add(_ division: String, above: String?) throws {
    offices.append(try Office(division, above: above, in: self))
  }

  /// The divisions whose offices dial one.
  func below(_ division: String) -> [(division: String, kind: NodeIdentity.Kind)] {
    offices.filter { $0.above == division }.map { ($0.division, $0.kind) }
  }

  private func collect() {
    for cable in cables { cable.collect(&chance) }
    if cables.contains(where: \.isOver) { cables.removeAll(where: \.isOver) }
  }

  /// One ledger that has something to do does one transaction.
  private func stepLedgers(_ chance: inout SeededNumbers) -> Bool {
    let first = Int.random(in: 0..<max(1, offices.count), using: &chance)
    for place in offices.indices where offices[(first + place) % offices.count].stepLedger(&chance)
    {
      return true
    }
    return false
  }

  // MARK: Dialling

  struct Unreachable: Error {}

  /// How a node or an operator of one office reaches another's node.
  func transport(from: String) -> Transport {
    .channels { [unowned self] endpoint, prepare in
      try await dial(from: from, to: endpoint.host, prepare)
    }
  }

  private func dial(
    from: String, to: String, _ prepare: @Sendable (any Channel) throws -> Void
  ) async throws {
    guard from == to || !closedRoutes.contains(from) else {
      try await Task.sleep(for: .milliseconds(Network.refusalMilliseconds))
      throw Unreachable()
    }
    try await Task.sleep(for: .nanoseconds(Int64.random(in: delay, using: &chance)))
    guard let server = self[to]?.server else { throw Unreachable() }
    let (dialling, answering) = (
      EmbeddedChannel(loop: scheduler.loop), EmbeddedChannel(loop: scheduler.loop)
    )
    try prepare(dialling)
    try server.accept(answering)
    let cable = Cable(
      from: from, to: to, dialling, answering, scheduler, delay: delay, breaks: Network.breaks)
    cables.append(cable)
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    answering.connect(to: address, promise: nil)
    dialling.connect(to: address, promise: nil)
  }

  /// Cuts every cable of an office that has gone down; the other sides hear of it, or do not.
  func cutAll(of division: String) {
    for cable in cables where cable.from == division || cable.to == division {
      let side = cable.from == division ? 0 : 1
      switch cable.from == cable.to ? 0 : Int.random(in: 0..<4, using: &chance) {
      case 0: cable.cut(silentSide: nil)
      case 1: cable.cut(silentSide: 1 - side)
      default: cable.drop(side: side)
      }
    }
  }
}
