import ArgumentParser

/// `audit …`: whether the node's log is what it was when it was signed, what is in it, and what proves
/// it to others.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "核验日志 · Whether what the ledger holds is what the node has signed; search it.",
    subcommands: [AuditVerifyCommand.self, AuditProveCommand.self, AuditSearchCommand.self])
}
