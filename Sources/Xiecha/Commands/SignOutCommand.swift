import ArgumentParser
import ExchangeProtos
import Presentation

/// `xiecha sign-out`.
struct SignOutCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign-out", abstract: "退出登录 · End the session.")

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let store = ProfileStore()
    var (name, profile) = try store.chosen(self.profile.profile)
    guard profile.session != nil else { throw ProfileStore.notSignedIn }
    // The credential is forgotten here even where the node cannot be told: it ends by itself.
    var failure: (any Error)?
    do {
      _ = try await NodeSession.with(self.profile) { node in
        try await node.call(Account.closeSession, CloseSessionRequest())
      }
    } catch {
      failure = error
    }
    profile.session = nil
    try store.save(profile, as: name)
    if let failure { throw failure }
    console.say("已退出 \(name)", "signed out of \(name)")
    return .done
  }
}
