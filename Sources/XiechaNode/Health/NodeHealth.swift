import Exchange
import Ledger
import RPC
import TLS

/// What a node says of itself to whoever watches over it: no person's data, no secret.
struct NodeHealth: Sendable {
  let node: Node
  let listening: RPCServer
  let context: TLSContext
  let dialled: DialledNodes
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
    return await writerTrouble()
  }

  /// Why the writer ends no transaction; nil: it does.
  func writerTrouble() async -> String? {
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
}
