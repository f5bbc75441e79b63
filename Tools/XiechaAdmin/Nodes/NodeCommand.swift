import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program
import TLS

/// `node …`: the nodes below that may connect to this one, and peer provinces (S2.3).
struct NodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node",
    abstract: "下级节点登记 · The register of the nodes that connect to this one.",
    subcommands: [Register.self, List.self, Disable<NodeDivision>.self, Enable<NodeDivision>.self])

  struct Register: Command {
    static let configuration = CommandConfiguration(
      abstract:
        "登记或更新 · Register a node, or give a registered one its new name, certificate, password.",
      discussion: """
        The node may sign in with the certificate that it is registered with, and no other; a new \
        one counts at once and alone, or with --beside together with the old one until the node \
        has used it. Makes the account node:CODE with the role of the code's level. A new node needs a password: \
        `password generate --out FILE` makes one; the node keeps the same file.
        """)

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "节点的区划代码 · The node's division code.")
    var division: DivisionCode

    @Option(name: .long, help: "名称，不写则用区划名 · Its name; the division's where none is given.")
    var name: String?

    @Option(name: .long, help: "节点的证书 · The node's certificate file.")
    var certificate: String?

    @Flag(
      name: .long,
      help: "新旧证书并用，直到新证书用过一次 · Take the certificate beside the old one, until it was used once.")
    var beside = false

    @Option(name: .long, help: "密码文件（0600）· A file with the password, mode 0600.")
    var passwordFile: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let kind = try division.nodeKind()
      let code = "\(division)"
      let fingerprint = try fingerprint()
      let account = NodeIdentity.account(of: code)
      try await store.open(creatingOn: console) { ledger in
        let (known, registered, administrator) = try await ledger.read {
          (try $0.account(account), try $0.node(code), try Administrator.actor(in: $0))
        }
        let name = try division.name(given: name ?? registered?.name)
        var node = RegisteredNode(
          division: code, name: name, fingerprint: fingerprint ?? registered?.fingerprint ?? [],
          isEnabled: registered?.isEnabled ?? true,
          registered: registered?.registered ?? SystemClock.milliseconds)
        if fingerprint == nil { node.coming = registered?.coming ?? [] }
        if beside, let fingerprint, let old = registered?.fingerprint, !old.isEmpty {
          (node.fingerprint, node.coming) = (old, fingerprint == old ? [] : fingerprint)
        }
        let verifier = try newVerifier(known, account, console)
        let registration = NodeRegistration(
          node, kind: kind, known: known, verifier: verifier, now: SystemClock.milliseconds)
        try await registration.write(
          to: ledger, now: SystemClock.milliseconds, by: administrator)
        try console.done(
          NodeValue(node),
          known == nil ? "已登记节点 \(code) \(name)" : "已更新节点 \(code) \(name)",
          known == nil ? "registered node \(code) \(name)" : "updated node \(code) \(name)")
      }
      return .done
    }

    private func fingerprint() throws -> [UInt8]? {
      guard let certificate else { return nil }
      let identity = try PeerIdentity(certificateFile: certificate)
      guard identity.division == "\(division)" else {
        let named = identity.division ?? "-"
        throw ProgramFailure(
          .credentials, chinese: "证书 \(certificate) 属于 \(named)，不是 \(division)",
          english: "certificate \(certificate) is of division \(named), not of \(division)")
      }
      return identity.fingerprint
    }

    /// Nil: a known node keeps its password.
    private func newVerifier(
      _ known: StoredAccount?, _ account: String, _ console: Console
    ) throws -> String? {
      if known != nil, passwordFile == nil { return nil }
      let password = try PasswordEntry.newPassword(
        file: passwordFile, for: account, console: console)
      if let kept = known.flatMap({ ScramVerifier(text: $0.verifier) }),
        kept.matches(password: password)
      {
        return nil
      }
      return ScramVerifier(password: password).text
    }
  }

  struct List: Command {
    static let configuration = CommandConfiguration(abstract: "列出 · List the registered nodes.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let nodes = try await store.open { ledger in
        try await ledger.read { reader in
          try reader.all { try reader.nodes(after: $0?.division ?? "") }
        }
      }
      try console.list(
        nodes.map(NodeValue.init),
        [
          TextTable.Column(console.text("区划", "division"), isWhole: true),
          TextTable.Column(console.text("名称", "name")),
          TextTable.Column(console.text("状态", "state")),
          TextTable.Column(console.text("登记于", "registered"), isWhole: true),
          TextTable.Column(console.text("最近连接", "last seen"), isWhole: true),
          TextTable.Column(console.text("证书指纹", "fingerprint")),
        ]
      ) { node in
        [
          node.division, node.name,
          node.enabled ? console.text("正常", "enabled") : console.text("停用", "disabled"),
          node.registered, node.lastSeen,
          [node.fingerprint, node.coming].filter { !$0.isEmpty }.joined(separator: " → "),
        ]
      }
      return .done
    }
  }
}

/// The node that a command is about.
struct NodeDivision: Switchable {
  static let disabling = "停用 · Shut a node out; a connection that is open ends."
  static let enabling = "启用 · Let a node connect again."

  @Option(name: .long, help: "节点的区划代码 · The node's division code.")
  var division: DivisionCode

  var title: String { "\(division)" }

  func set(enabled: Bool, in store: StoreOptions) async throws {
    let division = division
    try await store.open { ledger in
      try await NodeRegistration.set(
        division, enabled: enabled, in: ledger, now: SystemClock.milliseconds,
        by: try await ledger.read { try Administrator.actor(in: $0) })
    }
  }
}

/// A registered node as programs see it.
struct NodeValue: Encodable {
  var division: String
  var name: String
  var enabled: Bool
  var registered: String
  var lastSeen: String
  var fingerprint: String
  /// Of the certificate that it is to use next; empty: none.
  var coming: String

  init(_ node: RegisteredNode) {
    division = node.division
    name = node.name
    enabled = node.isEnabled
    registered = TimeText.text(node.registered)
    lastSeen = TimeText.text(node.lastSeen)
    fingerprint = Hexadecimal.text(node.fingerprint)
    coming = Hexadecimal.text(node.coming)
  }
}
