internal import Credentials
internal import ExchangeRules
internal import Ledger

/// Where the items of a node go: which nodes are at work there, and who answers for what they hold.
struct Destinations {
  /// The operator of a division whose people sign in at this node: of several the first by name.
  let operators: [DivisionCode: String]
  private let identity: NodeIdentity
  private let distribution: Distribution
  /// The nodes below, and whether each may connect.
  private let nodes: [DivisionCode: Bool]

  init(of node: Node) async throws {
    identity = node.identity
    (operators, nodes, distribution) = try await node.ledger.read { ledger in
      (
        try Destinations.operators(in: ledger), try Destinations.nodes(in: ledger),
        try node.book(ledger).distribution
      )
    }
  }

  /// Why an item cannot reach the office that owes it something; nil: it can.
  func stopped(_ item: StoredItem) -> StoppedDestination? {
    guard let county = DivisionCode(item.to) else { return nil }
    switch identity.kind {
    case .province where identity.division.contains(county):
      guard let isEnabled = nodes[county] else { return .notRegistered }
      return isEnabled ? nil : .switchedOff
    case .province:
      // Of another province's county only the way is known, and only while the item waits for it.
      guard item.state == .submitted else { return nil }
      return distribution.neighbour(towards: item.to) == nil ? .notRegistered : nil
    case .county:
      // A township without a node works at this one.
      let holder = DivisionCode(item.assignedTo)?.township
      return holder.flatMap { nodes[$0] } == false ? .switchedOff : nil
    case .township: return nil
    }
  }

  private static func operators(in ledger: LedgerReader) throws -> [DivisionCode: String] {
    var operators: [DivisionCode: String] = [:]
    var last = ""
    while true {
      let page = try ledger.accounts(after: last)
      for account in page where account.disabled == 0 {
        guard let role = Role(rawValue: account.role),
          let division = DivisionCode(account.division),
          [.townshipOperator, .countyOperator].contains(role), operators[division] == nil
        else { continue }
        operators[division] = account.displayName.isEmpty ? account.name : account.displayName
      }
      guard let end = page.last?.name else { return operators }
      last = end
    }
  }

  private static func nodes(in ledger: LedgerReader) throws -> [DivisionCode: Bool] {
    var nodes: [DivisionCode: Bool] = [:]
    var last = ""
    while true {
      let page = try ledger.nodes(after: last)
      for node in page {
        if let division = DivisionCode(node.division) { nodes[division] = node.isEnabled }
      }
      guard let end = page.last?.division else { return nodes }
      last = end
    }
  }
}
