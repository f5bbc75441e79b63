import ArgumentParser

/// `xiecha right` and what belongs to it.
struct RightCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "right",
    abstract: "个人请求更正或删除 · What a person asks to be corrected or erased (PIPL 46, 47).",
    discussion: """
      受理后由本单位第二人批准，再由对方县（市、区）决定；各自办理本单位所持有的内容，结果双方可见。
      What a county takes up, a second person there approves; then the other county decides. Each does it \
      to what it holds, and both see what came of it. Erasure asks for an item that is closed, refused or \
      withdrawn; its proof stays.

        xiecha right ask 1a2b3c4d --erase --reason "办结，不再需要" --basis "个保法47条一款（一）"
        xiecha right ask 1a2b3c4d --correct telephone=0755-0000000 --reason "号码已换" --basis "个保法46条"
        xiecha right decide 1a2b3c4d --grant --reason "属实"
      """,
    subcommands: [RightAskCommand.self, RightDecideCommand.self])
}
