public import Credentials
internal import Foundation
public import Presentation

/// Gets a password from a file, from the environment, or from the terminal without echo.
///
/// It never comes from the command line, where every user of the machine could read it.
public enum PasswordEntry {
  /// The environment's variable.
  private static let variable = "XIECHA_PASSWORD"

  /// The password of an account that has one.
  ///
  /// A file has mode 0600 and the password in its first line.
  public static func password(
    file: String?, for account: String, console: Console
  ) throws -> String {
    if let given = try given(file: file) { return given }
    let typed = try typed(console.text("\(account) 的密码：", "password of \(account): "))
    guard !typed.isEmpty else {
      throw ProgramFailure(
        .badInput, "no-password", chinese: "密码为空", english: "the password is empty")
    }
    return typed
  }

  /// A new password for an account, which the policy allows (GB/T 22239, AUTH-1).
  ///
  /// Those that the account had `earlier` it may not have again.
  public static func newPassword(
    file: String?, for account: String, earlier: [ScramVerifier] = [], console: Console
  ) throws -> String {
    let password = try given(file: file) ?? typedTwice(for: account, console: console)
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

  /// What comes without anybody typing.
  private static func given(file: String?) throws -> String? {
    if let file { return try PasswordFile.read(file) }
    let preset = ProcessInfo.processInfo.environment[variable]
    return preset.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func typedTwice(for account: String, console: Console) throws -> String {
    let first = try typed(console.text("\(account) 的新密码：", "new password of \(account): "))
    let second = try typed(console.text("再输入一次：", "once more: "))
    guard first == second else {
      throw ProgramFailure(
        .refused, chinese: "两次输入的密码不同",
        english: "the two passwords differ; nothing is changed")
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
          .badInput, "no-password", chinese: "没有终端可输入密码：请用 --password-file 或环境变量 \(variable)",
          english: "there is no terminal to type the password: use --password-file or \(variable)")
      case .interrupted:
        throw ProgramFailure(
          .refused, "interrupted", chinese: "已中断，未作更改", english: "interrupted; nothing is changed")
      }
    }
  }
}
