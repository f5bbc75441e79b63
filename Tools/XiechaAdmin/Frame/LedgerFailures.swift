import Exchange
public import Ledger
public import Presentation

extension LedgerFailure: ExplainedError {
  /// Refused, or the ledger itself cannot be used.
  public var explanation: ProgramFailure {
    ProgramFailure(isRefusal ? .refused : .store, text: told)
  }
}
