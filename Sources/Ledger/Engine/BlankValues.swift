extension LedgerActor {
  /// What reading starts from.
  static let blank = LedgerActor(account: "", role: "", division: "")
}

extension LedgerID {
  /// What reading starts from.
  static let blank = LedgerID(high: 0, low: 0)
}
