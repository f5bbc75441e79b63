import ArgumentParser
import Credentials
import ExchangeRules

/// The first three administrators of a new node: three people, each with one duty (AC-3).
struct FirstDuties: ParsableArguments {
  @Option(
    name: .long,
    help: """
      三员之一：角色,账号,姓名,密码文件；可重复 · One of the three administrators as \
      ROLE,ACCOUNT,NAME,PASSWORD-FILE; can be repeated.
      """)
  var duty: [Holder] = []

  /// One of them.
  struct Holder: ExpressibleByArgument {
    let role: Role
    let account: String
    let display: String
    let passwordFile: String

    init?(argument: String) {
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0.trimmingBlanks)
      }
      guard parts.count == 4, !parts.contains(""), let role = Role(rawValue: parts[0]),
        Role.duties.contains(role)
      else { return nil }
      (self.role, account, display, passwordFile) = (role, parts[1], parts[2], parts[3])
    }

    /// The words of `operator add`.
    func words(division: DivisionCode, store: String) -> [String] {
      ["--store", store, "--name", account, "--role", role.rawValue, "--division", "\(division)"]
        + ["--display", display, "--password-file", passwordFile]
    }
  }
}
