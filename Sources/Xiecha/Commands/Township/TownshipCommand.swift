import ArgumentParser

/// `xiecha township` and what belongs to it.
struct TownshipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "township", abstract: "乡镇村居工作 · The work of townships and villages (S10).",
    discussion: """
      登录天数、上报、分解与返回、考评各项，以及逾期信息的责任人和抽查。
      Sign-ins, what was reported, split and answered, what it is assessed by; who answers for what is \
      late; spot checks.

        xiecha township --cycle 2026-10 --of 440306 --by township
        xiecha township --cycle 2026-10 --of 440306018 --by village --format xlsx --out work.xlsx
        xiecha township late --of 440306
        xiecha township sample --cycle 2026-10 --seed 7 --count 20
        xiecha township check 1a2b3c4d --outcome confirmed --note "入户核实"
      """,
    subcommands: [
      TownshipShowCommand.self, TownshipLateCommand.self, TownshipSampleCommand.self,
      TownshipCheckCommand.self,
    ],
    defaultSubcommand: TownshipShowCommand.self)
}
