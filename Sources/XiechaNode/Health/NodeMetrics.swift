import Exchange
import Glibc
import Ledger
import RPC
import TLS
import Wire

/// The node's figures as Prometheus takes them.
///
/// Labels name divisions, methods and reasons: no person
/// and no account.
struct NodeMetrics {
  private let node: Node
  private let now: Int64
  private var metrics = MetricsText()

  /// All figures, as text.
  static func text(of health: NodeHealth) async throws -> String {
    let node = health.node
    let (links, backup) = try await node.ledger.read {
      (try $0.linkStandings(), try $0.lastBackup())
    }
    var all = NodeMetrics(node: node, now: node.now())
    all.addNode()
    all.add(health.listening)
    all.add(node.ledger.commitStatistics)
    let peers = await health.listening.peers().compactMap(\.division)
    all.add(links, up: health.dialled.up.union(peers))
    all.add(health.context.ends)
    if let backup {
      all.metrics.add(
        "xiecha_backup_age_seconds", .gauge, "Age of the last backup that was verified.",
        max(0, all.now - backup.at) / 1000)
    }
    if let free = freeBytes(beside: health.store) {
      all.metrics.add(
        "xiecha_disk_free_bytes", .gauge, "Bytes free on the ledger's disk.", free)
    }
    return all.metrics.text
  }

  private init(node: Node, now: Int64) {
    self.node = node
    self.now = now
  }

  private mutating func addNode() {
    metrics.add(
      "xiecha_node_info", .gauge, "The node's division and kind.",
      [
        (
          labels: ["division": "\(node.identity.division)", "kind": node.identity.kind.rawValue],
          value: 1
        )
      ])
  }

  private mutating func add(_ server: RPCServer) {
    metrics.add(
      "xiecha_connections", .gauge, "Connections that are open.", Int64(server.connectionCount))
    let figures = server.figures
    metrics.add(
      "xiecha_calls_total", .counter, "Calls by method and by what they were answered with.",
      figures.methods.flatMap { method in
        method.answered.sorted { $0.key.rawValue < $1.key.rawValue }.map { status, count in
          (labels: ["method": method.name, "status": status.name], value: Int64(clamping: count))
        }
      })
    metrics.add(
      "xiecha_calls_unknown_total", .counter, "Calls of methods that this node does not have.",
      Int64(clamping: figures.unknownCalls))
    metrics.add(
      "xiecha_call_duration_seconds", "What calls took that are answered once.",
      figures.methods.filter { $0.took.count > 0 }.map { method in
        (labels: ["method": method.name], histogram: method.took)
      })
    metrics.add(
      "xiecha_sign_ins_total", .counter, "Sign-ins, by who signed in.",
      SignInKind.allCases.map { kind in
        (labels: ["who": kind.rawValue], value: Int64(clamping: figures.signedIn[kind] ?? 0))
      })
    metrics.add(
      "xiecha_sign_ins_refused_total", .counter,
      "Sign-ins with a wrong name or password, or of an account that may not.",
      Int64(clamping: figures.refusedSignIns))
    metrics.add(
      "xiecha_connections_ended_total", .counter,
      "Connections that this node has ended, by reason.",
      figures.ends.sorted { $0.key < $1.key }.map { reason, count in
        (labels: ["reason": reason], value: Int64(clamping: count))
      })
  }

  private mutating func add(_ commits: CommitStatistics) {
    metrics.add(
      "xiecha_commits_total", .counter, "Transactions since the start.",
      Int64(commits.transactions))
    metrics.add(
      "xiecha_commit_requests_total", .counter, "Requests that shared these transactions.",
      Int64(commits.requests))
  }

  private mutating func add(_ ends: [ValidityEnd]) {
    let seconds = now / 1000
    metrics.add(
      "xiecha_validity_left_seconds", .gauge,
      "Time until a certificate, trust root or revocation list ends; below 0 it has.",
      // The earliest of each kind: a label for each root would be one for each site.
      Dictionary(ends.map { ($0.kind.rawValue, $0.expires - seconds) }, uniquingKeysWith: min)
        .sorted { $0.key < $1.key }.map { (labels: ["what": $0.key], value: $0.value) })
  }

  private mutating func add(_ links: [LinkStanding], up: Set<String>) {
    func each(_ value: (LinkStanding) -> Int64?) -> [(KeyValuePairs<String, String>, Int64)] {
      links.compactMap { link in value(link).map { (["neighbour": link.peer], $0) } }
    }
    metrics.add(
      "xiecha_link_up", .gauge, "1 while a neighbour is connected.",
      each { up.contains($0.peer) ? 1 : 0 })
    metrics.add(
      "xiecha_link_to_send", .gauge, "Events that a neighbour has still to take.",
      each { Int64(clamping: $0.waiting) })
    metrics.add(
      "xiecha_link_set_aside_here", .gauge, "Events of a neighbour that are set aside here.",
      each { Int64($0.setAside) })
    metrics.add(
      "xiecha_link_set_aside_there", .gauge, "Events of this node that a neighbour has set aside.",
      each { Int64($0.objections) })
    metrics.add(
      "xiecha_link_awaited", .gauge, "1 while a restored node waits for what a neighbour holds.",
      each { $0.isAwaited ? 1 : 0 })
    metrics.add(
      "xiecha_link_other_past", .gauge, "1 where the two sides remember different logs.",
      each { $0.other != nil || $0.mine != nil ? 1 : 0 })
    metrics.add(
      "xiecha_link_last_seen_timestamp_seconds", .gauge,
      "When a node below signed in last, in seconds since 1970.",
      each { $0.lastSeen == 0 ? nil : $0.lastSeen / 1000 })
  }

  private static func freeBytes(beside store: String) -> Int64? {
    var status = statvfs()
    guard statvfs(store, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }
}
