internal import Credentials
public import ExchangeRules
public import Ledger

/// Three people keep a node: the system administrator its nodes and settings, the security administrator
/// its accounts and certificates, the auditor looks at both (GB/T 22239, 8.1.5; AC-3).
///
/// No person holds two of the three, so that nobody can hide what they did. A person is a name in a
/// division; an account that is off holds nothing.
public enum DutySeparation {
  /// What the rule says of an account.
  public enum Verdict: Sendable, Hashable {
    /// Its person holds no other of the three.
    case separate
    /// The person of this other account holds one already.
    case held(by: String, role: String)

    /// Why the account cannot be, and what to do; nil where it can.
    public var refusal: BilingualText? {
      guard case .held(let account, let role) = self else { return nil }
      return BilingualText(
        chinese: "账号 \(account) 的同一人已任 \(role)：三员须由三人分任。请另定人选，或先停用 \(account)；"
          + "若是同名的另一人，请在姓名中加以区别",
        english: "the person of account \(account) is \(role) already, and no person holds two of "
          + "the three duties: choose another person, or switch \(account) off first; if it is another "
          + "person of that name, write the names apart")
    }
  }

  /// Judges an account that is to be made, or switched on, in the transaction that does it.
  public static func verdict(
    on account: StoredAccount, in ledger: LedgerReader
  ) throws -> Verdict {
    guard Role.duties.contains(where: { $0.rawValue == account.role }) else { return .separate }
    let other = try holders(in: ledger).first { other in
      other.name != account.name && other.role != account.role && isOnePerson(account, other)
    }
    return other.map { .held(by: $0.name, role: $0.role) } ?? .separate
  }

  /// Which of the three nobody holds, and whose accounts hold two: a store from before the duties were
  /// separated has both.
  public static func standing(
    in ledger: LedgerReader
  ) throws -> (missing: [String], doubled: [String]) {
    let holders = try holders(in: ledger)
    let missing = Role.duties.map(\.rawValue).filter { role in
      !holders.contains { $0.role == role }
    }
    let doubled = holders.filter { one in
      holders.contains { $0.role != one.role && isOnePerson(one, $0) }
    }
    return (missing, doubled.map(\.name))
  }

  private static func holders(in ledger: LedgerReader) throws -> [StoredAccount] {
    try Role.duties.flatMap { role in
      var found: [StoredAccount] = []
      while true {
        let page = try ledger.accounts(ofRole: role.rawValue, after: found.last?.name ?? "")
        if page.isEmpty { return found.filter { $0.disabled == 0 } }
        found += page
      }
    }
  }

  private static func isOnePerson(_ one: StoredAccount, _ other: StoredAccount) -> Bool {
    let key = WrittenName.key(one.displayName)
    return !key.isEmpty && key == WrittenName.key(other.displayName)
      && one.division == other.division
  }
}
