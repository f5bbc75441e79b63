import Credentials
import Exchange
import ExchangeRules
import NIOCore
import NIOPosix
import RPC
import TLS
import Wire

/// Whether the node answers, and each of its neighbours, at every address: signed in as the node does.
struct ReachabilityChecks {
  let node: ExaminedNode
  let group: any EventLoopGroup

  private static let patience = TimeAmount.seconds(5)

  func findings() async -> [Finding] {
    var findings = [await own()]
    for neighbour in node.neighbours {
      for address in neighbour.endpoints { findings.append(await dial(neighbour, address)) }
    }
    return findings
  }

  private func own() async -> Finding {
    let start = BilingualText(
      chinese:
        "systemctl start xiecha-node@\(node.division)；journalctl -u xiecha-node@\(node.division)",
      english:
        "systemctl start xiecha-node@\(node.division); journalctl -u xiecha-node@\(node.division)")
    guard var endpoint = Endpoint(node.listen) else {
      return .bad(
        "node", BilingualText(chinese: "listen 有误", english: "listen is no address"), remedy: start)
    }
    if endpoint.host == "0.0.0.0" { endpoint.host = "127.0.0.1" }
    if endpoint.host == "::" { endpoint.host = "::1" }
    do {
      let channel = try await ClientBootstrap(group: group)
        .connectTimeout(ReachabilityChecks.patience)
        .connect(host: endpoint.host, port: endpoint.port).get()
      try? await channel.close()
      return .good("node", "正在 \(node.listen) 监听", "it listens on \(node.listen)")
    } catch {
      return .bad(
        "node",
        BilingualText(
          chinese: "没有程序在 \(node.listen) 监听", english: "nothing listens on \(node.listen)"),
        remedy: start)
    }
  }

  private func dial(_ neighbour: ExaminedNode.Neighbour, _ address: String) async -> Finding {
    let area = "neighbour \(neighbour.division)"
    do {
      guard let endpoint = Endpoint(address) else {
        throw CallFailure(.invalidArgument, .unreachable, "\(address) is not host:port")
      }
      var options = RPCConnection.Options(
        tls: try TLSContext(client: node.tls), expectedDivision: neighbour.division)
      options.connectTimeout = ReachabilityChecks.patience
      let signIn = SignIn(
        name: NodeIdentity.account(of: "\(node.division)"),
        password: try PasswordFile.read(neighbour.passwordFile))
      let connection = try await RPCConnection.connect(
        to: endpoint, signIn: signIn, options: options, group: group)
      await connection.close()
      return .good(area, "\(address) 可达，登录成功", "\(address) answers, and takes the sign-in")
    } catch {
      return .bad(
        area, BilingualText(chinese: "\(address)：\(error)", english: "\(address): \(error)"),
        remedy: remedy(error, neighbour))
    }
  }

  private func remedy(_ error: any Error, _ neighbour: ExaminedNode.Neighbour) -> BilingualText {
    switch (error as? CallFailure)?.status {
    case .unauthenticated:
      BilingualText(
        chinese: "请 \(neighbour.division) 的管理员核对：xiecha-admin node list；时钟相差过大时也会如此",
        english: "have the administrator of \(neighbour.division) look: xiecha-admin node list")
    case .unavailable:
      BilingualText(
        chinese: "核对地址和防火墙；请对方运行 xiecha-admin doctor",
        english: "check address and firewall; let them run xiecha-admin doctor there")
    default:
      BilingualText(
        chinese: "核对密码文件和证书", english: "check the password file and the certificates")
    }
  }
}
