import ArgumentParser

/// `xiecha report` and what belongs to it.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "花名册和月报表 · Rosters and monthly tables (S10.6, S12.5).",
    discussion: """
      花名册由乡镇（街道）每月6日前报县；月报表由村（居）2日前报乡镇、乡镇5日前报县。月份结束后才能上报，报出后不再改动。
      A township sends its roster to the county by the 6th; a village its monthly tables to the township \
      by the 2nd, a township to the county by the 5th. A month is reported when it is over, and stays as \
      it was sent.

        xiecha report make roster --month 2026-10
        xiecha report list tables --month 2026-10 --of 440306
        xiecha report show 1a2b3c4d --format xlsx --out tables.xlsx
        xiecha report acknowledge 1a2b3c4d
      """,
    subcommands: [
      ReportMakeCommand.self, ReportListCommand.self, ReportShowCommand.self,
      AcknowledgeCommand.self,
    ])
}
