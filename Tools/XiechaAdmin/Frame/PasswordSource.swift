import Credentials
import Exchange
import Foundation
import Glibc

/// Gets a new password from a file, from the environment, or from the terminal without echo. It
/// never comes from the command line, where every user of the machine could read it.
enum PasswordSource {
  /// The environment's variable.
  static let variable = "XIECHA_PASSWORD"
  /// The longest line taken from a terminal, in bytes.
  private static let longestBytes = 1024

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
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ProgramFailure(
        .badInput, chinese: "没有终端可输入口令：请用 --password-file 或环境变量 \(variable)",
        english: "there is no terminal to type the password: use --password-file or \(variable)")
    }
    defer { close(descriptor) }
    var settings = termios()
    let isTerminal = tcgetattr(descriptor, &settings) == 0
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    if isTerminal { tcsetattr(descriptor, TCSAFLUSH, &silent) }
    defer { if isTerminal { tcsetattr(descriptor, TCSAFLUSH, &settings) } }
    tell(prompt, descriptor)
    var typed: [UInt8] = []
    var byte: UInt8 = 0
    while typed.count < longestBytes, read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n"),
      byte != UInt8(ascii: "\r")
    {
      typed.append(byte)
    }
    tell("\n", descriptor)
    return String(decoding: typed, as: UTF8.self)
  }

  private static func tell(_ text: String, _ descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
