internal import Credentials
public import ExchangeRules
public import Ledger

/// A ledger is one node's: another node's start on it would answer with a stranger's items.
public enum LedgerOwnership {
  /// What the rule says of a node that starts on a ledger.
  public enum Verdict: Sendable, Hashable {
    /// It is the node's own.
    case own
    /// It is another node's.
    case others(owner: String)
  }

  /// Takes the ledger for a node, where it is nobody's yet.
  public static func claim(
    _ ledger: Ledger, for division: DivisionCode
  ) async throws -> Verdict {
    let owner = try await ledger.commit { try $0.claim(for: "\(division)") }
    return owner == "\(division)" ? .own : .others(owner: owner)
  }

  /// People's accounts that act for divisions that the node does not serve, and are not off: made
  /// before the ledger knew whose it is.
  public static func strangers(
    in ledger: Ledger, of division: DivisionCode
  ) async throws -> [StoredAccount] {
    try await ledger.read { reader in
      var strangers: [StoredAccount] = []
      var last = ""
      while true {
        let page = try reader.accounts(after: last)
        guard let end = page.last else { return strangers }
        last = end.name
        strangers += page.filter { account in
          guard account.disabled == 0, let role = Role(rawValue: account.role),
            let person = OperatorRole(role)
          else { return false }
          return DivisionCode(account.division).map { !person.isServed($0, by: division) } ?? true
        }
      }
    }
  }

  /// The division whose ledger it is; nil for one that no node has started on yet.
  public static func owner(of ledger: Ledger) async throws -> DivisionCode? {
    try await ledger.read { try $0.owner() }.flatMap { DivisionCode($0) }
  }
}
