import ExchangeRules
import RPC
import Synchronization

/// The nodes that this one dials, and whether it is connected to each.
final class DialledNodes: Sendable {
  private let connections = Mutex<[DivisionCode: RPCConnection]>([:])

  /// A node was dialled, and answered.
  func connected(to division: DivisionCode, over connection: RPCConnection) {
    connections.withLock { $0[division] = connection }
  }

  /// The divisions whose nodes are connected now.
  var up: Set<String> {
    connections.withLock { Set($0.filter { $0.value.isOpen }.map { "\($0.key)" }) }
  }
}
