public import Credentials
public import ExchangeRules

/// A role that a person can have, and for which divisions (S2.1, S2.2).
public struct OperatorRole: Sendable, Hashable {
  /// The role.
  public let role: Role

  /// All of them.
  public static let all = Role.allCases.compactMap(OperatorRole.init)

  /// The role; nil for one that only nodes have.
  public init?(_ role: Role) {
    guard !role.isNode else { return nil }
    self.role = role
  }

  /// What the rule says of an account with the role.
  public enum Verdict: Sendable, Hashable {
    /// The account can be made.
    case fits
    /// A county's operator acts for a county, a township's for a township.
    case wrongLevel(DivisionCode, Role)
    /// The division is another node's: who acts for it would be given what is not hers.
    case notServed(DivisionCode, by: DivisionCode)

    /// Why not; nil for an account that can be made.
    public var refusal: BilingualText? {
      switch self {
      case .fits: nil
      case .wrongLevel(let division, let role):
        BilingualText(
          chinese: "区划 \(division) 与角色 \(role.rawValue) 的级别不符",
          english: "division \(division) is not of the level of a \(role.rawValue)")
      case .notServed(let division, let node):
        BilingualText(
          chinese: "区划 \(division) 不在本节点 \(node) 的管辖范围内：请到管辖它的节点新增账号",
          english:
            "division \(division) is not served by this node, \(node); add the account at its own")
      }
    }
  }

  /// Judges an account of a division.
  ///
  /// `node` is the division of the node that keeps the account: it serves its own division and
  /// those below; who supervises or audits may be of a division above it. Nil: the ledger does not
  /// know yet whose it is.
  public func verdict(on division: DivisionCode, at node: DivisionCode?) -> Verdict {
    guard fitsLevel(of: division) else { return .wrongLevel(division, role) }
    if let node, !isServed(division, by: node) { return .notServed(division, by: node) }
    return .fits
  }

  /// Whether a node keeps accounts of the role for a division.
  func isServed(_ division: DivisionCode, by node: DivisionCode) -> Bool {
    node.contains(division) || looksOver && division.contains(node)
  }

  /// Whether the role only looks at what others do (S2.3, S9).
  private var looksOver: Bool {
    [.countySupervisor, .provinceSupervisor, .auditor].contains(role)
  }

  private func fitsLevel(of division: DivisionCode) -> Bool {
    switch role {
    case .villageReporter: division.level == .village
    case .townshipOperator: division.level == .township
    case .countyOperator, .countySupervisor: division.isCounty
    case .provinceSupervisor: division.level == .province
    default: true
    }
  }
}
