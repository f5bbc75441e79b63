import ArgumentParser

/// `xiecha flows` and what belongs to it.
struct FlowsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flows", abstract: "人口流动表 · Flow tables, and warnings of capacity (S13).",
    discussion: """
      户籍地 × 流入地、性别、年龄组、文化程度。每个时段只发布一次，各时段不重叠；少于5人的不公布。
      Origin by destination, sex, age and education. A period is published once and shares no day with \
      another one; nothing under five persons is shown, or follows from what is.

        xiecha flows publish --first 2026-07-01 --last 2026-09-30 --by county
        xiecha flows show --first 2026-07-01 --last 2026-09-30 --by county
        xiecha flows capacity --of 440306018 --set 12000
      """,
    subcommands: [
      FlowsListCommand.self, FlowsPublishCommand.self, FlowsShowCommand.self,
      FlowsCapacityCommand.self,
    ],
    defaultSubcommand: FlowsListCommand.self)
}
