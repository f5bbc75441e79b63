import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha whoami`.
struct WhoAmICommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "当前登录的账号和节点 · Who is signed in, and where.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (reply, expires) = try await NodeSession.with(profile: profile.profile) { node in
      let reply = try await node.call(Account.whoAmI, WhoAmIRequest())
      return (reply, node.profile.session?.expires ?? 0)
    }
    try console.show(WhoAmIView(reply: reply, expires: expires).page(in: console.language))
    return .done
  }
}
