import ArgumentParser

/// The benchmarks of Xiecha: each figure beside its floor or a peer, in one run, as a ratio.
@main
struct XiechaBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-bench",
    abstract: "Measures the protocol, the store and the rules beside their floors and peers.",
    discussion: """
      Machines differ and are shared: compare ratios of one run, never rates of two. Build with \
      `swift build -c release --product xiecha-bench`.
      """,
    subcommands: [
      RPCCommand.self, SubmitCommand.self, BackupCommand.self, RulesCommand.self, RelayCommand.self,
      IdleCommand.self, StormCommand.self, OverloadCommand.self, SoakCommand.self,
      RotateCommand.self, AttackCommand.self, AttackPeerCommand.self, CostCommand.self,
      FiguresCommand.self, AuditCommand.self, DeskCommand.self,
      ServeCommand.self, ServeNodeCommand.self, BareServeCommand.self,
    ])
}
