import ArgumentParser

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

      退出码 Exit codes: 0 完成 done; 1 被拒绝 refused by the node; 2 命令或文件有误 bad command \
      or file; 3 未登录 not signed in; 4 连接不上 node not reachable; 5 部分完成 done in part; \
      70 程序出错 internal failure.
      """,
    subcommands: [
      SignInCommand.self, SignOutCommand.self, WhoAmICommand.self, ImportCommand.self,
      SendCommand.self, ListCommand.self, TodoCommand.self, ReceiveCommand.self,
      AssignCommand.self, SearchCommand.self, AnswerCommand.self, CloseCommand.self,
      FollowCommand.self, CountsCommand.self, PersonsCommand.self, RecordCommand.self,
      ConfirmCommand.self,
      DuplicatesCommand.self, MergeCommand.self, UnmergeCommand.self, QualityCommand.self,
      BulletinCommand.self, ExplainCommand.self, CheckIDCommand.self,
    ])
}
