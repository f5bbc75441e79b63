import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Presentation
import Program
import TLS

/// `rotate authority …`: another authority takes the place of the network's, at the top node.
struct RotateAuthorityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority",
    abstract: "更换颁发机构 · Let another authority take the place of the network's, node by node.",
    discussion: """
      begin: every node believes both, and asks the new one for a certificate of its own over its \
      link (certificate approve answers). finish: the old one is believed no longer, at each node as \
      soon as no node below it has a certificate of it. What was sealed under it stays sealed. The \
      top node itself gets its certificate by certificate issue --renew and SIGHUP, once status \
      shows that every node below goes by the new trust: before, none of them could dial it anew.
      """,
    subcommands: [Begin.self, Status.self, Finish.self, Undo.self])

  struct Begin: Command {
    static let configuration = CommandConfiguration(
      abstract: "开始 · Both are believed from now on, and the new one issues.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var authorities: TwoAuthorities

    @Option(name: .long, help: "新机构在证书上显示的名称 · What people see in the new one's certificates.")
    var name = "Xiecha"

    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let old = try CertificateAuthority(directory: authorities.authority)
      if !dryRun.dryRun {
        try Folder.make(authorities.next, mode: 0o700)
        let isMade = FileManager.default.fileExists(atPath: "\(authorities.next)/authority.key")
        if !isMade {
          _ = try CertificateAuthority.create(
            in: authorities.next, name: name, now: SystemClock.seconds)
        }
      }
      try await authorities.perform(
        dryRun, in: store, on: console,
        BilingualText(
          chinese: "各节点并信新旧两个颁发机构，并逐个换发证书",
          english: "every node believes both authorities and gets a certificate of the new one")
      ) { rotation, new in
        try await rotation.begin(from: old, to: new, now: SystemClock.milliseconds)
      }
      return .done
    }
  }

  struct Finish: Command {
    static let configuration = CommandConfiguration(
      abstract: "完成 · The old one is believed no longer, where no node has a certificate of it.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var authorities: TwoAuthorities
    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let old = try CertificateAuthority(directory: authorities.authority)
      try await authorities.perform(
        dryRun, in: store, on: console,
        BilingualText(
          chinese: "旧颁发机构不再可信；仍有旧证书的下级节点会使其上级等待",
          english: "the old authority is believed no longer; a node with a certificate of it makes "
            + "the node above wait")
      ) { rotation, new in
        try await rotation.finish(from: old, to: new, now: SystemClock.milliseconds)
      }
      return .done
    }
  }

  struct Undo: Command {
    static let configuration = CommandConfiguration(
      abstract: "退回 · The new one is believed no longer, as long as no node has moved.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var authorities: TwoAuthorities
    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let old = try CertificateAuthority(directory: authorities.authority)
      try await authorities.perform(
        dryRun, in: store, on: console,
        BilingualText(chinese: "新颁发机构不再可信", english: "the new authority is believed no longer")
      ) { rotation, new in
        try await rotation.undo(from: old, to: new, now: SystemClock.milliseconds)
      }
      return .done
    }
  }

  struct Status: Command {
    static let configuration = CommandConfiguration(
      abstract: "进度 · Which trust each node below goes by, and whose certificate it has.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var authorities: TwoAuthorities
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let new = try CertificateAuthority(directory: authorities.next)
      let rows = try await store.open { ledger in
        let actor = try await ledger.read { try Administrator.actor(in: $0) }
        return try await AuthorityRotation(ledger, by: actor).standings().map {
          try StandingValue($0, new)
        }
      }
      try console.list(
        rows,
        [
          TextTable.Column(console.text("区划", "division"), isWhole: true),
          TextTable.Column(console.text("名称", "name")),
          TextTable.Column(console.text("信任版本", "trust"), isWhole: true),
          TextTable.Column(console.text("证书", "certificate")),
          TextTable.Column(console.text("状态", "state")),
        ]
      ) { row in
        [
          row.division, row.name, "\(row.trust)",
          row.moved
            ? console.text("新机构", "of the new") : console.text("旧机构或未知", "of the old, or unknown"),
          row.enabled ? console.text("正常", "enabled") : console.text("停用", "disabled"),
        ]
      }
      return .done
    }
  }
}

/// The authority that goes, and the one that comes.
struct TwoAuthorities: ParsableArguments {
  @Option(name: .long, help: "现颁发机构的目录 · The folder of the authority that is to go.")
  var authority: String

  @Option(name: .long, help: "新颁发机构的目录 · The folder of the one that comes; begin makes it.")
  var next: String

  /// Publishes a step, unless it is only asked for, and says what follows.
  func perform(
    _ dryRun: DryRun, in store: StoreOptions, on console: Console, _ meaning: BilingualText,
    _ publish: (AuthorityRotation, CertificateAuthority) async throws -> Int64
  ) async throws {
    if dryRun.dryRun {
      return try console.done(
        ["published": ""], "将发布：\(meaning.chinese)；未作更改",
        "would publish: \(meaning.english); nothing was changed")
    }
    let new = try CertificateAuthority(directory: next)
    let number = try await store.open { ledger in
      let actor = try await ledger.read { try Administrator.actor(in: $0) }
      return try await publish(AuthorityRotation(ledger, by: actor), new)
    }
    try console.done(
      ["published": "\(number)"], "已发布第 \(number) 版：\(meaning.chinese)；进度见 rotate authority status",
      "published \(number): \(meaning.english); see rotate authority status")
  }
}

/// Where a node stands, as programs see it.
struct StandingValue: Encodable {
  var division: String
  var name: String
  var enabled: Bool
  var trust: Int64
  var moved: Bool

  init(_ standing: AuthorityRotation.Standing, _ new: CertificateAuthority) throws {
    division = standing.division
    name = standing.name
    enabled = standing.isEnabled
    trust = standing.trust
    moved = try standing.isOf(new)
  }
}
