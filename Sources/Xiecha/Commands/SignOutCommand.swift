import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha sign-out`.
struct SignOutCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sign-out", abstract: "退出登录 · End the session.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let store = ProfileStore()
    var (name, profile) = try store.chosen(self.profile.profile)
    guard profile.session != nil else { throw ProfileStore.notSignedIn }
    // The credential is forgotten here even where the node cannot be told: it ends by itself.
    var failure: (any Error)?
    do {
      _ = try await NodeSession.with(profile: self.profile.profile) { node in
        try await node.call(Account.closeSession, CloseSessionRequest())
      }
    } catch {
      failure = error
    }
    profile.session = nil
    try store.save(profile, as: name)
    if let failure { throw failure }
    try console.say("已退出 \(name)", "signed out of \(name)")
    return .done
  }
}
