import ArgumentParser

/// `xiecha-admin` and what it can do.
struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-admin",
    abstract: "管理节点：证书、账号、口令、日历、备份 · Certificates, accounts, calendar, backup of a node.",
    discussion: """
      Works on files of this machine: the node's ledger (--store) and the authority's folder. It can
      run beside the node, which sees each change at once; a new calendar on SIGHUP.

      Passwords are typed without echo, or come from --password-file or XIECHA_PASSWORD; never from
      the command line.

      Exit codes: 0 done; 1 refused, nothing changed; 2 bad command line or input file; 3 a
      certificate, key or password file cannot be used; 5 the ledger cannot be used; 70 internal
      failure.
      """,
    subcommands: [
      AuthorityCommand.self, CertificateCommand.self, ConfigCommand.self, NodeCommand.self,
      OperatorCommand.self, PasswordCommand.self, TraceCommand.self, CalendarCommand.self,
      QuarantineCommand.self, BackupCommand.self,
    ])
}
