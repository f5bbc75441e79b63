import Foundation
import Glibc
import Presentation

/// Gets a password from a file, from the environment or from the terminal without echo. It never
/// comes from the command line, where every user of the machine could read it.
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
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw ProgramFailure(
        .badInput, "no-password", chinese: "没有终端可输入密码：请用 --password-file 或环境变量 \(variable)",
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
    // Longer than any password that an account can have.
    while typed.count < 1024, read(descriptor, &byte, 1) == 1, byte != 0x0A, byte != 0x0D {
      typed.append(byte)
    }
    tell("\n", descriptor)
    return try checked(String(decoding: typed, as: UTF8.self))
  }

  private static func tell(_ text: String, _ descriptor: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  private static func checked(_ password: String) throws -> String {
    guard !password.isEmpty else {
      throw ProgramFailure(
        .badInput, "no-password", chinese: "密码为空", english: "the password is empty")
    }
    return password
  }
}
