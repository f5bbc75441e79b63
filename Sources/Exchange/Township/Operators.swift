internal import Credentials
internal import ExchangeRules
internal import Ledger

/// The accounts that work an office's exchange at this node (S10.1).
enum Operators {
  /// Those of divisions whose codes begin with these digits, by name; who is switched off is none.
  static func list(within digits: String, in ledger: LedgerReader) throws -> [StoredAccount] {
    var accounts: [StoredAccount] = []
    var last = ""
    while true {
      let page = try ledger.accounts(under: digits, after: last)
      accounts += page.filter { account in
        account.disabled == 0
          && [.townshipOperator, .countyOperator].contains(Role(rawValue: account.role))
      }
      guard let end = page.last?.name else { return accounts }
      last = end
    }
  }

  /// The one who answers for each office: of several the first by name.
  static func dedicated(
    within digits: String, in ledger: LedgerReader
  ) throws -> [DivisionCode: StoredAccount] {
    var dedicated: [DivisionCode: StoredAccount] = [:]
    for account in try list(within: digits, in: ledger) {
      guard let division = DivisionCode(account.division), dedicated[division] == nil else {
        continue
      }
      dedicated[division] = account
    }
    return dedicated
  }
}
