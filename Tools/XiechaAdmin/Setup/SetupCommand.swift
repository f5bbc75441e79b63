import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Glibc
import LedgerPrograms
import Presentation
import Program
import TLS

/// `setup …`: all that a new node needs, by one command.
struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "建立节点 · Set a new node up by one command.",
    discussion: """
      Runs the commands that it shows. The configuration is written last: a setup that was cut off \
      is begun again by the same command.
      """,
    subcommands: [Province.self, Request.self, County.self, Township.self])

  struct Province: Command {
    static let configuration = CommandConfiguration(
      abstract: "建立省级节点 · The province's node, with the authority of the network.")

    @Argument(help: "节点的区划代码 · The node's division code.")
    var division: DivisionCode

    @Option(name: .long, help: "节点的主机名或地址 · A host name or address; can be repeated.")
    var name: [String] = []

    @OptionGroup var listening: ListenOptions
    @OptionGroup var first: FirstOperator
    @OptionGroup var duties: FirstDuties
    @OptionGroup var places: NodePlaces
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let node = try NewNode(division, .province, places, console)
      if access("\(places.authority)/authority.pem", F_OK) != 0 {
        try await node.steps.run(
          AuthorityCommand.Create.self, "authority create", [places.authority])
      }
      try await node.steps.run(
        CertificateCommand.Issue.self, "certificate issue",
        ["--authority", places.authority, "--division", "\(division)"]
          + name.flatMap { ["--name", $0] }
          + ["--out", places.home(of: division), "--renew"])
      try await node.make(
        first, role: .provinceSupervisor, duties: duties, listening: listening,
        otherwise: "[::]:7440", uplinks: [])
      try await node.say(
        left: "邀请每个县：xiecha-admin invite CODE --authority \(places.authority) "
          + "--store \(places.store(of: division)) --endpoint HOST:PORT --out CODE.invitation",
        "invite each county: xiecha-admin invite CODE --authority \(places.authority) "
          + "--store \(places.store(of: division)) --endpoint HOST:PORT --out CODE.invitation")
      return .done
    }
  }

  struct Request: Command {
    static let configuration = CommandConfiguration(
      abstract: "申请证书 · A new node's key, which stays here, and the request for the node above.")

    @Argument(help: "节点的区划代码 · The node's division code.")
    var division: DivisionCode

    @Option(name: .long, help: "写到哪个文件 · The file to write.")
    var out: String

    @OptionGroup var places: NodePlaces
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      _ = try division.nodeKind()
      try places.make(for: division)
      let request = try KeyFiles(places.identity(of: division)).request()
      try RequestFile(division: "\(division)", request.bytes, []).write(to: out)
      try console.done(
        ["file": out], "已写入申请 \(out)：交给上级，上级用 invite --request 答复；其中没有机密",
        "the request is in \(out): the node above answers it with invite --request; nothing in it is "
          + "secret")
      return .done
    }
  }

  struct County: Command, InvitedSetup {
    static let configuration = CommandConfiguration(
      abstract: "建立县级节点 · A county's node, of the province's invitation.")
    static let kind = NodeIdentity.Kind.county
    static let role = Role.countyOperator
    static let standardListen = "[::]:7306"

    @OptionGroup var joining: JoiningOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit { try await join(on: console) }
  }

  struct Township: Command, InvitedSetup {
    static let configuration = CommandConfiguration(
      abstract: "建立乡级节点 · A township's node, of the county's invitation.")
    static let kind = NodeIdentity.Kind.township
    static let role = Role.townshipOperator
    static let standardListen = "127.0.0.1:7018"

    @OptionGroup var joining: JoiningOptions
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit { try await join(on: console) }
  }
}

/// What a node is set up with that another invites.
struct JoiningOptions: ParsableArguments {
  @Argument(help: "节点的区划代码 · The node's division code.")
  var division: DivisionCode

  @Option(name: .long, help: "上级给的邀请文件 · The invitation that the node above has made.")
  var invitation: String

  @OptionGroup var listening: ListenOptions
  @OptionGroup var first: FirstOperator
  @OptionGroup var duties: FirstDuties
  @OptionGroup var places: NodePlaces
}

/// The setup of a node that another invites.
protocol InvitedSetup {
  static var kind: NodeIdentity.Kind { get }
  static var role: Role { get }
  static var standardListen: String { get }
  var joining: JoiningOptions { get }
}

extension InvitedSetup {
  fileprivate func join(on console: Console) async throws -> ProgramExit {
    let (division, places) = (joining.division, joining.places)
    let invitation = try Invitation.read(joining.invitation, for: division)
    let node = try NewNode(division, Self.kind, places, console)
    try invitation.unpack(into: places, for: division)
    try await node.make(
      joining.first, role: Self.role, duties: joining.duties, listening: joining.listening,
      otherwise: Self.standardListen, uplinks: ["\(invitation.above)=\(invitation.endpoint)"])
    try await node.say(
      left: "销毁邀请文件：shred -u \(joining.invitation)（密码在首次连接后即被更换）",
      "destroy the invitation: shred -u \(joining.invitation) (its password is replaced at the "
        + "first connection)")
    return .done
  }
}
