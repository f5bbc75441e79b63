/// What an account is for.
///
/// An account has one role (GB/T 22239, AC-3: no account holds two).
public enum Role: String, CaseIterable, Sendable, Hashable {
  /// Enters what a village or community has found (S10.5).
  case villageReporter
  /// Works a township's exchange (S10.1).
  case townshipOperator
  /// Works a county's exchange: the party to every item (S2.1).
  case countyOperator
  /// Looks on at a county; changes nothing.
  case countySupervisor
  /// Looks on at a province and ranks its counties (S9); sees no whole record.
  case provinceSupervisor
  /// The system administrator: keeps nodes, links, backups, calendar and settings; sees no record and
  /// no trace, and keeps no account.
  ///
  /// The word is from when one role kept all.
  case systemAdministrator = "administrator"
  /// The auditor: reads the log and proves it; changes nothing and sees no record.
  case auditor
  /// A province's node.
  case provinceNode
  /// A county's node.
  case countyNode
  /// A township's node.
  case townshipNode
  /// The security administrator: keeps accounts, passwords, roles and certificates; sees no record and
  /// no trace.
  case securityAdministrator

  /// The three duties that no person holds two of, so that nobody can hide what they did (GB/T 22239,
  /// 8.1.5.2; AC-3).
  public static let duties: [Role] = [.systemAdministrator, .securityAdministrator, .auditor]

  /// Whether this is a node and no person: it must present a certificate of its division.
  public var isNode: Bool {
    switch self {
    case .provinceNode, .countyNode, .townshipNode: true
    default: false
    }
  }

  /// The place of the role in a ``MethodPermission``.
  var index: UInt64 {
    switch self {
    case .villageReporter: 0
    case .townshipOperator: 1
    case .countyOperator: 2
    case .countySupervisor: 3
    case .provinceSupervisor: 4
    case .systemAdministrator: 5
    case .auditor: 6
    case .provinceNode: 7
    case .countyNode: 8
    case .townshipNode: 9
    case .securityAdministrator: 10
    }
  }
}
