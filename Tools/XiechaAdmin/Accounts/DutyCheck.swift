import Exchange
import ExchangeRules
import Ledger
import Presentation

/// No person holds two of the three duties (AC-3).
enum DutyCheck {
  /// Refuses an account that would give its person a second one.
  static func check(of account: StoredAccount, in ledger: LedgerReader) throws {
    if let text = try DutySeparation.verdict(on: account, in: ledger).refusal {
      throw ProgramFailure(.refused, text: text)
    }
  }
}
