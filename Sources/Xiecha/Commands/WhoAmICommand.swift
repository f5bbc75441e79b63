import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha whoami`.
struct WhoAmICommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "我是谁 · Who is signed in, and where.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let (reply, expires) = try await NodeSession.with(profile) { node in
      let reply = try await node.call(Account.whoAmI, WhoAmIRequest())
      return (reply, node.profile.session?.expires ?? 0)
    }
    try WhoAmIView(reply: reply, expires: expires).show(on: console)
    return .done
  }
}
