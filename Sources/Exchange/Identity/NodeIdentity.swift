public import ExchangeRules
internal import Ledger

/// What a node is: a province, a county or a township, and under which rules it works.
public struct NodeIdentity: Sendable {
  /// The three kinds of node.
  public enum Kind: String, Sendable, CaseIterable {
    /// Relays between counties (S2.3).
    case province
    /// The party to every exchange (S2.1).
    case county
    /// Collects, enters and answers for the quality of data (S2.2).
    case township
  }

  /// The kind.
  public let kind: Kind
  /// The division's code: 6 digits, 9 for a township.
  public let division: DivisionCode
  /// The division's name, as operators see it.
  public let name: String
  /// The rules that items submitted here are under (G7).
  public let profile: RuleProfile

  /// An identity; nil if the code is not of the kind's level.
  public init?(kind: Kind, division: DivisionCode, name: String, profile: RuleProfile) {
    switch kind {
    case .province: guard division.level == .province else { return nil }
    case .county: guard division.isCounty else { return nil }
    case .township: guard division.level == .township else { return nil }
    }
    self.kind = kind
    self.division = division
    self.name = name
    self.profile = profile
  }

  /// Whether a division is the node's own or lies below it; what is no code is not.
  func covers(_ division: String) -> Bool {
    DivisionCode(division).map(self.division.contains) ?? false
  }

  /// Whether a division is this node's, or lies above it.
  func isServed(by division: String) -> Bool {
    DivisionCode(division)?.contains(self.division) ?? false
  }

  /// The role that the node signs in with at the node above it, and acts in by itself.
  public var role: String { kind.role }

  /// The account that the node signs in with: `node:` and its division.
  public var account: String { NodeIdentity.account(of: "\(division)") }

  /// The account of a node of this division.
  public static func account(of division: String) -> String { "node:\(division)" }

  /// The node itself, as the actor of what it does without an operator.
  var actor: LedgerActor {
    LedgerActor(account: account, role: role, division: "\(division)")
  }
}
