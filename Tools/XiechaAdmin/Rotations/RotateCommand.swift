import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// `rotate …`: replaces what this node proves itself by at the node above, and the network's authority,
/// while all of it works (S8.1, S8.2).
struct RotateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate",
    abstract: "轮换 · Replace a node's password or key, or the authority, without an outage.",
    discussion: """
      The node does it over its own link, step by step: the new one is made beside the old one's \
      file, taken above beside the old, seen in use, put in its place, and the old one retired. Each \
      step is on disk before the next: a node that is killed, or cut off, goes on by itself. A new \
      key waits at the node above until its authority has answered: certificate approve.
      """,
    subcommands: [
      Password.self, Key.self, RotateAuthorityCommand.self, Status.self, Undo.self,
    ])

  struct Password: Command {
    static let configuration = CommandConfiguration(
      abstract: "轮换密码 · Begin; the running node does the rest.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var above: NodeAbove

    @Option(name: .long, help: "新旧并用的最长时间 · How long both may count, at most: 24h, 30m, 7d.")
    var overlap = Overlap(seconds: RotatingCredential.longestOverlapSeconds)

    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      try await RotationStart(kind: .password, overlap: overlap.seconds, isOnlyAsked: dryRun.dryRun)
        .run(in: store, at: above, on: console)
      return .done
    }
  }

  struct Key: Command {
    static let configuration = CommandConfiguration(
      abstract: "轮换密钥和证书 · Begin; the running node makes the key, which never leaves it.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var above: NodeAbove
    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      try await RotationStart(kind: .key, overlap: 0, isOnlyAsked: dryRun.dryRun)
        .run(in: store, at: above, on: console)
      return .done
    }
  }

  struct Status: Command {
    static let configuration = CommandConfiguration(
      abstract: "进度 · How far each rotation has come, the newest first.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var limit: ListLimit
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let rows = limit.rows
      let rotations = try await store.open { ledger in
        try await ledger.read { try $0.rotations(limit: rows) }
      }
      try console.list(
        rotations.map(RotationValue.init),
        [
          TextTable.Column(console.text("上级节点", "at"), isWhole: true),
          TextTable.Column(console.text("轮换", "what"), isWhole: true),
          TextTable.Column(console.text("开始于", "begun"), isWhole: true),
          TextTable.Column(console.text("发起人", "by")),
          TextTable.Column(console.text("进度", "step")),
          TextTable.Column(console.text("自", "since"), isWhole: true),
          TextTable.Column(console.text("新旧并用至", "both count until"), isWhole: true),
          TextTable.Column(console.text("未能继续的原因", "why it waits")),
        ]
      ) { rotation in
        [
          rotation.at,
          rotation.what == RotationKind.key.name
            ? console.text("密钥和证书", "key") : console.text("密码", "password"),
          rotation.begun, rotation.by,
          console.text(rotation.text.chinese, rotation.text.english),
          rotation.since, rotation.until, rotation.failure,
        ]
      }
      return .done
    }
  }

  struct Undo: Command {
    static let configuration = CommandConfiguration(
      abstract: "退回 · Go back to the old one, as long as it is in its place here and counts above.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var above: NodeAbove
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let now = SystemClock.milliseconds
      let peer = try await store.open { ledger in
        let peer = try above.read(owner: try await LedgerOwnership.owner(of: ledger))
        try await ledger.commit { ledger in
          guard var rotation = try ledger.rotation(at: peer) else {
            throw ProgramFailure(
              .refused, chinese: "节点 \(peer) 没有进行中的轮换",
              english: "no rotation at \(peer) goes on")
          }
          guard rotation.kind.canGoBack(at: rotation.step) else {
            throw ProgramFailure(
              .refused, chinese: "新的已启用，不能退回；可再轮换一次",
              english: "the new one is in use; rotate once more instead")
          }
          let actor = try Administrator.actor(in: ledger)
          (rotation.step, rotation.changed, rotation.failure) = (.goingBack, now, "")
          try ledger.move(rotation)
          try ledger.leaveTrace(
            TraceEntry(at: now, actor: actor, action: "rotate-undo", purpose: peer))
        }
        return peer
      }
      try console.done(
        ["at": peer], "正在退回，节点 \(peer) 将只认旧的；进度见 rotate status",
        "going back to the old one at \(peer); see rotate status")
      return .done
    }
  }
}

/// A rotation as programs see it.
struct RotationValue: Encodable {
  var at: String
  var what: String
  var begun: String
  var by: String
  var step: String
  var since: String
  var until: String
  var failure: String

  init(_ rotation: StoredRotation) {
    at = rotation.peer
    what = rotation.kind.name
    begun = TimeText.text(rotation.begun)
    by = rotation.by
    step = rotation.step.name
    since = TimeText.text(rotation.changed)
    until = TimeText.text(rotation.until)
    failure = rotation.failure
  }

  /// What has happened so far.
  var text: BilingualText {
    switch RotationStep.allCases.first(where: { $0.name == step }) {
    case .asked:
      BilingualText(chinese: "待上级或颁发机构答复", english: "waits for the link, or the authority")
    case .offered: BilingualText(chinese: "上级新旧并用", english: "both count above")
    case .proven: BilingualText(chinese: "新的已验证", english: "the new one was seen in use")
    case .switched: BilingualText(chinese: "本节点已启用新的", english: "the new one is in its place")
    case .done: BilingualText(chinese: "完成，旧的已失效", english: "done; the old one is retired")
    case .goingBack: BilingualText(chinese: "正在退回", english: "goes back")
    case .undone, nil: BilingualText(chinese: "已退回旧的", english: "undone; the old one counts")
    }
  }
}
