import Credentials
import Exchange
import Foundation
import Presentation

/// Gets a new password from a file, from the environment, or from the terminal without echo.
///
/// It never comes from the command line, where every user of the machine could read it.
enum PasswordSource {
  /// The environment's variable.
  static let variable = "XIECHA_PASSWORD"

  /// A new password for an account, which the policy allows (GB/T 22239, AUTH-1).
  static func newPassword(
    file: String?, for account: String, earlier: [ScramVerifier] = [], console: Console
  ) throws -> String {
    let password = try chosen(file: file, for: account, console: console)
    let policy = PasswordPolicy.standard
    var weaknesses = policy.weaknesses(of: password, account: account)
    if policy.isRepeated(password, earlier: earlier) { weaknesses.append(.repeated) }
    guard weaknesses.isEmpty else {
      throw ProgramFailure(
        .refused, chinese: weaknesses.map(\.chinese).joined(separator: " "),
        english: weaknesses.map(\.english).joined(separator: " "))
    }
    return password
  }

  private static func chosen(
    file: String?, for account: String, console: Console
  ) throws -> String {
    if let file { return try PasswordFile.read(file) }
    if let preset = ProcessInfo.processInfo.environment[variable], !preset.isEmpty { return preset }
    let first = try typed(console.text("\(account) 的新口令：", "new password of \(account): "))
    let second = try typed(console.text("再输入一次：", "once more: "))
    guard first == second else {
      throw ProgramFailure(
        .refused, chinese: "两次输入的口令不同", english: "the two passwords differ; nothing is changed")
    }
    return first
  }

  private static func typed(_ prompt: String) throws -> String {
    do throws(SecretLine.Failure) {
      return try SecretLine.ask(prompt)
    } catch {
      switch error {
      case .noTerminal:
        throw ProgramFailure(
          .badInput, chinese: "没有终端可输入口令：请用 --password-file 或环境变量 \(variable)",
          english: "there is no terminal to type the password: use --password-file or \(variable)")
      case .interrupted:
        throw ProgramFailure(
          .refused, chinese: "已中断，未作更改", english: "interrupted; nothing is changed")
      }
    }
  }
}
