import Foundation
import Glibc
import Presentation

/// Gets a password from a file, from the environment or from the terminal without echo.
///
/// It never comes from the command line, where every user of the machine could read it.
enum PasswordSource {
  /// The environment's variable.
  static let variable = "XIECHA_PASSWORD"

  static func password(file: String?, for account: String, console: Console) throws -> String {
    if let file { return try fromFile(file) }
    if let preset = ProcessInfo.processInfo.environment[variable], !preset.isEmpty { return preset }
    return try fromTerminal(
      prompt: console.text("\(account) 的密码：", "password of \(account): "))
  }

  /// The first line of a file that nobody else may read.
  private static func fromFile(_ path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0, let data = FileManager.default.contents(atPath: path) else {
      throw ProgramFailure(
        .badInput, "password-file", chinese: "无法读取密码文件 \(path)",
        english: "cannot read the password file \(path)")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ProgramFailure(
        .badInput, "password-file", chinese: "密码文件 \(path) 对他人可读：请执行 chmod 600 \(path)",
        english: "others may read the password file: chmod 600 \(path)")
    }
    let line = data.prefix { $0 != 0x0A && $0 != 0x0D }
    return try checked(String(decoding: line, as: UTF8.self))
  }

  private static func fromTerminal(prompt: String) throws -> String {
    let typed: String
    do throws(SecretLine.Failure) {
      typed = try SecretLine.ask(prompt)
    } catch {
      switch error {
      case .noTerminal:
        throw ProgramFailure(
          .badInput, "no-password", chinese: "没有终端可输入密码：请用 --password-file 或环境变量 \(variable)",
          english: "there is no terminal to type the password: use --password-file or \(variable)")
      case .interrupted:
        throw ProgramFailure(
          .badInput, "interrupted", chinese: "已中断，未登录", english: "interrupted; not signed in")
      }
    }
    return try checked(typed)
  }

  private static func checked(_ password: String) throws -> String {
    guard !password.isEmpty else {
      throw ProgramFailure(
        .badInput, "no-password", chinese: "密码为空", english: "the password is empty")
    }
    return password
  }
}
