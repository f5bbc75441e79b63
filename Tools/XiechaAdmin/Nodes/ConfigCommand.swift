import ArgumentParser
import Exchange
import ExchangeRules
import Foundation
import Presentation
import Program

/// `config …`: the configuration of `xiecha-node`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "节点配置 · The configuration of a node.",
    subcommands: [Write.self])

  struct Write: Command {
    static let configuration = CommandConfiguration(
      abstract: "写出节点配置 · Write a configuration for xiecha-node; see Sources/XiechaNode/README.md.")

    @Option(name: .long, help: "节点的区划代码 · The node's division code; it says the kind.")
    var division: DivisionCode

    @Option(name: .long, help: "名称，不写则用区划名 · Its name; the division's where none is given.")
    var name: String?

    @Option(name: .long, help: "规则 · The rules: provincial-2009, fujian.")
    var profile = RuleProfile.provincial2009.name

    @Option(name: .long, help: "监听地址 · Where it listens.")
    var listen = "127.0.0.1:7440"

    @Option(
      name: .long,
      help: "上级节点 · A node to dial, CODE=HOST:PORT; a province's peers can be several.")
    var uplink: [UplinkArgument] = []

    @Option(name: .long, help: "证书目录 · The folder of certificate, key, trust root.")
    var certificates = "."

    @Option(name: .long, help: "数据库文件 · The ledger; CODE.sqlite.")
    var store: String?

    @Option(
      name: .long, help: "到上级的密码文件 · The password file for the uplinks; CODE.password.")
    var passwordFile: String?

    @Option(
      name: .long, help: "自动备份的目录 · Where the node puts its backups; needs --backup-key.")
    var backupFolder: String?

    @Option(name: .long, help: "备份密钥文件 · The file of the backup keys.")
    var backupKey: String?

    @Option(name: .long, help: "健康检查与指标的地址 · Where it tells of its health: 127.0.0.1:9306.")
    var health: String?

    @Option(name: .long, help: "写到哪个文件 · The file to write; it must not be there.")
    var out: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let kind = try division.nodeKind()
      let name = try division.name(given: name)
      guard RuleProfile(name: profile) != nil else {
        throw ProgramFailure(
          .badInput, chinese: "没有规则 \(profile)",
          english: "--profile: no rules \(profile); there are provincial-2009, fujian")
      }
      guard (backupFolder == nil) == (backupKey == nil) else {
        throw ProgramFailure(
          .badInput, chinese: "--backup-folder 与 --backup-key 须一起给出",
          english: "--backup-folder and --backup-key are given together")
      }
      let password = passwordFile ?? "\(division).password"
      let file = ConfigurationValue(
        node: .init(
          kind: kind.rawValue, division: "\(division)", name: name, profile: profile),
        listen: listen, store: store ?? "\(division).sqlite",
        tls: .init(
          certificate: "\(certificates)/\(division).pem", key: "\(certificates)/\(division).key",
          trust: "\(certificates)/authority.pem", revoked: "\(certificates)/revoked.pem"),
        uplinks: Dictionary(
          uplink.map { ($0.division, .init(endpoint: $0.endpoint, passwordFile: password)) },
          uniquingKeysWith: { first, _ in first }),
        limits: .init(), log: .init(),
        backup: backupFolder.flatMap { folder in
          backupKey.map { .init(folder: folder, keyFile: $0) }
        }, health: health.map { .init(listen: $0) })
      let text = try JSONOutput.text(of: file, pretty: true) + "\n"
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .withoutOverwriting)
      } catch {
        throw ProgramFailure(
          .refused, chinese: "无法写入 \(out)：已存在，或无权写入",
          english: "cannot write \(out): it is there already, or its folder cannot be written")
      }
      try console.done(["file": out], "已写入 \(out)", "written to \(out)")
      return .done
    }
  }
}

/// `440000=127.0.0.1:7440`.
struct UplinkArgument: ExpressibleByArgument {
  let division: String
  let endpoint: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let code = DivisionCode(parts[0]), parts[1].contains(":") else {
      return nil
    }
    division = "\(code)"
    endpoint = String(parts[1])
  }
}
