import ArgumentParser
import ExchangeRules
import Presentation
import Program

/// `xiecha-node --config FILE`.
struct NodeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-node",
    abstract: "运行省、县、乡节点 · Run the node of a province, a county or a township.",
    discussion: """
      Stops gracefully on SIGTERM and SIGINT; reads its certificates again on SIGHUP;
      SIGUSR1 makes its log tell more, SIGUSR2 as much as is configured. When it listens it writes one
      line to standard output: "ready: county 440306 宝安区 listens on 127.0.0.1:7306". The log goes to
      standard error; to the journal with its fields where systemd has started it.

      Each key of the configuration can be set by an environment variable as well: tls.key by
      XIECHA_TLS_KEY. `xiecha-admin config write` makes a configuration to start from.

      \(ProgramExit.help)
      """,
    version: "xiecha-node \(ProgramVersion.current)")

  @Option(name: .long, help: "The node's configuration, JSON.")
  var config: String

  @Flag(name: .long, help: "Check configuration, certificates and password files, then end.")
  var check = false

  @OptionGroup var language: LanguageOption

  /// For what keeps it from starting; the log is English, and so is the line "ready".
  var console: Console { language.console }

  func perform(on console: Console) async throws -> ProgramExit {
    let settings = try await SettingsFile(path: config).settings()
    let level = LogLevel(settings.logLevel)
    NodeLog.begin(at: level)
    let program = try NodeProgram(settings: settings, logLevel: level)
    if check {
      try console.say("ok: \(settings.title)", "ok: \(settings.title)")
    } else {
      try await program.run()
    }
    return .done
  }
}
