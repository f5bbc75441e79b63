import ArgumentParser
import Presentation
import Program

/// `xiecha` and what it can do.
struct XiechaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xiecha",
    abstract: "协查：跨县流动人口个案信息交换 · Exchange cases with other counties.",
    discussion: """
      先登录一次，以后的命令都用这次登录。 Sign in once; the other commands use that session.

        xiecha sign-in xixiang --node 127.0.0.1:7731 --division 440306018 \\
            --account wang --trust authority.pem
        xiecha import cases.csv
        xiecha send
        xiecha todo

      \(ProgramExit.help)
      """,
    version: "xiecha \(ProgramVersion.current)",
    subcommands: [
      SignInCommand.self, SignOutCommand.self, WhoAmICommand.self, PasswordCommand.self,
      ImportCommand.self,
      SendCommand.self, ListCommand.self, QueryCommand.self, TodoCommand.self, DunCommand.self,
      ReceiveCommand.self,
      AssignCommand.self, SearchCommand.self, AnswerCommand.self, CloseCommand.self,
      TakeBackCommand.self, RightCommand.self,
      FollowCommand.self, CountsCommand.self, PersonsCommand.self, RecordCommand.self,
      ConfirmCommand.self, AcceptCommand.self, SubjectReportCommand.self,
      DuplicatesCommand.self, MergeCommand.self, UnmergeCommand.self, QualityCommand.self,
      FiguresCommand.self, RankingCommand.self, TownshipCommand.self, ReportCommand.self,
      FlowsCommand.self,
      BulletinCommand.self,
      ExplainCommand.self,
      CheckIDCommand.self,
    ])
}
