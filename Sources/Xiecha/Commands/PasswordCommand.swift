import ArgumentParser
import Credentials
import ExchangeProtos
import Operator
import Presentation
import Program
import RPC

/// `xiecha password`.
struct PasswordCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "更改自己的密码 · Change your own password.",
    discussion: """
      先问现密码，再问新密码两次；更改后各处的登录都已结束，本机随即用新密码重新登录。上级将得知密码已更改（S8.2），但不会得知密码。
      Asks for the present password, then twice for the new one. All sign-ins end, and this one is made \
      anew. The office above is told that the password was changed (S8.2), never the password.
      """)

  @Argument(help: "登录的名称 · The name of the sign-in; the only one where none is given.")
  var profile: String?

  @Option(help: "现密码文件（0600）· A file with the present password, mode 0600.")
  var passwordFile: String?

  @Option(help: "新密码文件（0600）· A file with the new password, mode 0600.")
  var newPasswordFile: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let store = ProfileStore()
    let chosen = try store.chosen(self.profile)
    var profile = chosen.profile
    let present = try PasswordEntry.password(
      file: passwordFile, for: profile.account, console: console)
    let new = try PasswordEntry.newPassword(
      file: newPasswordFile, for: profile.account,
      earlier: [ScramVerifier(password: present, iterations: ScramVerifier.secretIterations)],
      console: console)
    var request = ChangePasswordRequest()
    request.verifier = ScramVerifier(password: new).text
    let change = request
    _ = try await NodeSession.with(
      profile, signIn: SignIn(name: profile.account, password: present)
    ) { node in
      try await node.call(Account.changePassword, change)
    }
    let session = try await NodeSession.with(
      profile, signIn: SignIn(name: profile.account, password: new)
    ) { node in
      try await node.call(Account.openSession, OpenSessionRequest())
    }
    profile.session = Profile.Session(
      name: session.name, secret: session.secret, expires: session.expires)
    try store.save(profile, as: chosen.name)
    try console.done(
      ["account": profile.account, "expires": "\(session.expires)"],
      "已更改 \(profile.account) 的密码，并已用新密码登录",
      "the password of \(profile.account) is changed; signed in with the new one")
    return .done
  }
}
