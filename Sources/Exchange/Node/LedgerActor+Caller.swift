internal import Credentials
internal import Ledger
internal import RPC

extension LedgerActor {
  /// Whoever called, as what is written names it.
  init(_ caller: Caller) {
    self.init(account: caller.account, role: caller.role.rawValue, division: caller.division)
  }
}
