import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// The account that a command is about.
struct AccountArgument: Switchable {
  static let disabling = "停用 · Switch an account off; its sessions end at once."
  static let enabling = "启用 · Switch an account on again."

  @Option(name: .long, help: "账号名 · The account's name.")
  var name: String

  var title: String { name }

  func set(enabled: Bool, in store: StoreOptions) async throws {
    let (written, read, now) = (name, try read(), SystemClock.milliseconds)
    try await store.open { ledger in
      try await ledger.commit { ledger in
        let account = try ledger.account(signingInAs: written)
        if enabled, let account { try DutyCheck.check(of: account, in: ledger) }
        let name = account?.name ?? read
        try ledger.disable(name, at: enabled ? nil : now)
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: Administrator.actor(in: ledger, as: .securityAdministrator),
            action: enabled ? "operator-enable" : "operator-disable", purpose: name))
      }
    }
  }

  /// The name that the account has: half width and small letters (RFC 8265).
  func read() throws(ProgramFailure) -> String {
    if let text = AccountNameRule.verdict(on: name).refusal {
      throw ProgramFailure(.badInput, text: text)
    }
    return AccountName.read(name) ?? name
  }
}
