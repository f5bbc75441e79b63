import ArgumentParser

/// `xiecha dun` and what belongs to it.
struct DunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dun", abstract: "催办 · What lags, every Friday (S10.4).",
    discussion: """
      每周五（遇节假日为其前一个工作日）由县催办乡镇、由省催办县，名单随数据交换送达，须签收。
      Every Friday, or the working day before where it is a holiday, a county duns its townships and a \
      province its counties. The list comes through the exchange and is to be acknowledged.

        xiecha dun list
        xiecha dun show 1a2b3c4d
        xiecha dun acknowledge 1a2b3c4d --note "周三前反馈"
      """,
    subcommands: [DunListCommand.self, DunShowCommand.self, AcknowledgeCommand.self],
    defaultSubcommand: DunListCommand.self)
}
