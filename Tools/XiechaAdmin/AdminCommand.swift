import ArgumentParser
import Presentation
import Program

/// `xiecha-admin` and what it can do.
struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-admin",
    abstract: "管理节点：证书、账号、密码、日历、备份 · Certificates, accounts, calendar, backup of a node.",
    discussion: """
      Works on files of this machine: the node's ledger (--store) and the authority's folder. It can
      run beside the node, which sees each change at once; a new calendar on SIGHUP.

      Passwords are typed without echo, or come from --password-file or XIECHA_PASSWORD; never from
      the command line.

      \(ProgramExit.help)
      """,
    version: "xiecha-admin \(ProgramVersion.current)",
    subcommands: [
      SetupCommand.self, InviteCommand.self, DoctorCommand.self,
      AuthorityCommand.self, CertificateCommand.self, ConfigCommand.self, NodeCommand.self,
      OperatorCommand.self, PasswordCommand.self, RotateCommand.self, TraceCommand.self,
      AuditCommand.self, EvidenceCommand.self, CalendarCommand.self, QuarantineCommand.self,
      StatusCommand.self, StoreCommand.self, BackupCommand.self, RestoreCommand.self,
      RebuildCommand.self, GoOnCommand.self,
    ])
}
