import Exchange
import Glibc
import Ledger
import RPC
import TLS

/// What a node says of itself to whoever watches over it: no person's data, no secret.
struct NodeHealth: Sendable {
  let node: Node
  let listening: RPCServer
  let context: TLSContext
  /// The ledger's file.
  let store: String

  /// How long the writer may take, before the node counts as not ready.
  private static let patience = Duration.seconds(2)

  /// Why the node takes no work; nil: it does.
  ///
  /// The writer has to end a transaction, and nobody would believe an ended certificate.
  func trouble() async -> String? {
    let now = node.now() / 1000
    for end in context.ends where end.kind != .peer && end.daysLeft(at: now) < 0 {
      return "the \(end.kind.rawValue) has ended"
    }
    let ledger = node.ledger
    return await withTaskGroup(of: String?.self) { group in
      group.addTask {
        do {
          try await ledger.commit { _ in }
          return nil
        } catch {
          return "the ledger cannot be written"
        }
      }
      group.addTask {
        do {
          try await Task.sleep(for: NodeHealth.patience)
          return "the ledger's writer does not answer"
        } catch {
          return nil
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  /// All figures.
  func metrics() async throws -> String {
    let (links, backup) = try await node.ledger.read {
      (try $0.linkStandings(), try $0.lastBackup())
    }
    let now = node.now()
    var metrics = MetricsText()
    metrics.add(
      "xiecha_node_info", .gauge, "The node's division and kind.",
      [
        (
          labels: ["division": "\(node.identity.division)", "kind": node.identity.kind.rawValue],
          value: 1
        )
      ])
    metrics.add(
      "xiecha_connections", .gauge, "Connections that are open.", Int64(listening.connectionCount))
    let commits = node.ledger.commitStatistics
    metrics.add(
      "xiecha_commits_total", .counter, "Transactions since the start.",
      Int64(commits.transactions))
    metrics.add(
      "xiecha_commit_requests_total", .counter, "Requests that shared these transactions.",
      Int64(commits.requests))
    add(links, to: &metrics)
    metrics.add(
      "xiecha_days_left", .gauge, "Days until a certificate, trust root or revocation list ends.",
      context.ends.map { end in
        (labels: ["what": end.kind.rawValue], value: end.daysLeft(at: now / 1000))
      })
    if let backup {
      metrics.add(
        "xiecha_backup_age_seconds", .gauge, "Age of the last backup that was verified.",
        max(0, now - backup.at) / 1000)
    }
    if let free = freeBytes() {
      metrics.add(
        "xiecha_disk_free_bytes", .gauge, "Bytes free on the ledger's disk.", free)
    }
    return metrics.text
  }

  private func add(_ links: [LinkStanding], to metrics: inout MetricsText) {
    func each(_ value: (LinkStanding) -> Int64?) -> [(KeyValuePairs<String, String>, Int64)] {
      links.compactMap { link in value(link).map { (["neighbour": link.peer], $0) } }
    }
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

  private func freeBytes() -> Int64? {
    var status = statvfs()
    guard statvfs(store, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }
}
