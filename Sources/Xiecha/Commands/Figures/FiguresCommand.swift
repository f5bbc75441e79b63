import ArgumentParser

/// `xiecha figures` and what belongs to it.
struct FiguresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "周期数字 · The figures of a cycle, down to the items.",
    discussion: """
      提交数是本地提出的，其余各项是别人向本地提出的。周期为上月21日至本月20日，按截止日期统计。
      “submitted” is what the division asked others, all the rest what others asked of it. A cycle \
      runs from the 21st to the 20th; everything is as of a day, today by default (S5, S6).

        xiecha figures --cycle 2026-10 --of 440000 --by county --as-of 2026-11-15
        xiecha figures --cycle 2026-10 --of 440306 --items
        xiecha figures reconcile --cycle 2026-10 --of 440306 --profile county --with province
      """,
    subcommands: [
      FiguresShowCommand.self, FiguresVersionsCommand.self, FiguresReconcileCommand.self,
    ],
    defaultSubcommand: FiguresShowCommand.self)
}
