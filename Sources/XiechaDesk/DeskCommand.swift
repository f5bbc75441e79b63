import ArgumentParser
import ExchangeRules
import Logging
import Operator
import Presentation
import Program
import RPC

/// `xiecha-desk`.
struct DeskCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha-desk",
    abstract: "浏览器工作台 · The clerks' desk in the browser, for one node.",
    discussion: """
      When it listens it writes one line to standard output: "ready: https://127.0.0.1:8443". Without \
      --certificate and --key it speaks plain HTTP and listens on loopback alone, for a proxy that has \
      the certificate. It keeps nothing on disk. The log goes to standard error.

      \(ProgramExit.help)
      """,
    version: "xiecha-desk \(ProgramVersion.current)")

  @Option(help: "监听地址 · Where browsers come, HOST:PORT.")
  var listen: String = "127.0.0.1:8443"

  @Option(help: "节点地址，多个用逗号分隔 · The node, HOST:PORT; several with commas between.")
  var node: String

  @Option(help: "节点的行政区划代码 · The node's division.")
  var division: String

  @Option(help: "证书颁发机构的证书文件 · The authority's certificate file.")
  var trust: String

  @Option(help: "网站证书文件 · The desk's own certificate, PEM.")
  var certificate: String?

  @Option(help: "网站私钥文件（0600）· Its key, PEM, mode 0600.")
  var key: String?

  @OptionGroup var language: LanguageOption

  var console: Console { language.console }

  func perform(on console: Console) async throws -> ProgramExit {
    let settings = try settings()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    let desk = try Desk(
      settings, now: { SystemClock.milliseconds }, logger: Logger(label: "xiecha-desk"))
    let manager = ServiceManager()
    try await desk.run { port in
      manager.tell("READY=1", "STATUS=serving")
      let scheme = settings.identity == nil ? "http" : "https"
      try StandardStream.output.write("ready: \(scheme)://\(settings.listen.host):\(port)\n")
    }
    return .done
  }

  private func settings() throws -> DeskSettings {
    guard let listen = Endpoint(listen) else {
      throw DeskCommand.wrong("listen", "应为 主机:端口", "HOST:PORT is needed")
    }
    guard (certificate == nil) == (key == nil) else {
      throw DeskCommand.wrong(
        "certificate", "--certificate 与 --key 须同时填写", "--certificate and --key go together")
    }
    let identity = certificate.flatMap { file in
      key.map { DeskSettings.Identity(certificateFile: file, keyFile: $0) }
    }
    guard identity != nil || ["127.0.0.1", "::1", "localhost"].contains(listen.host) else {
      throw DeskCommand.wrong(
        "listen", "没有证书时只能监听 127.0.0.1，由代理服务器提供 HTTPS",
        "without a certificate it listens on 127.0.0.1 alone, behind a proxy that has one")
    }
    guard let division = try? WrittenDivision.read(division).value else {
      throw DeskCommand.wrong("division", "应为区划代码", "the code of a division is needed")
    }
    _ = try NodeSession.addresses(in: node)
    return DeskSettings(
      listen: listen, identity: identity, node: node, division: "\(division)", trust: trust)
  }

  private static func wrong(
    _ option: String, _ chinese: String, _ english: String
  ) -> ProgramFailure {
    ProgramFailure(
      .badInput, option, chinese: "--\(option)：\(chinese)", english: "--\(option): \(english)")
  }
}
