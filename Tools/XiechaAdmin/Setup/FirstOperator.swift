import ArgumentParser
import ExchangeRules
import Glibc
import Presentation

/// The first person who signs in at a new node; asked for where nothing is given.
struct FirstOperator: ParsableArguments {
  @Option(name: .long, help: "第一个操作员的账号 · The first operator's account; asked for without it.")
  var account: String?

  @Option(name: .long, help: "操作员姓名 · The operator's name; asked for without it.")
  var display: String?

  @Option(name: .long, help: "密码文件（0600）· A file with the password, mode 0600.")
  var passwordFile: String?

  /// The words of `operator add`.
  func words(
    role: String, division: DivisionCode, store: String, on console: Console
  ) throws(ProgramFailure) -> [String] {
    let account = try given(account, "account", "操作员账号：", "the first operator's account: ", console)
    let display = try given(display, "display", "操作员姓名：", "the operator's name: ", console)
    return ["--store", store, "--name", account, "--role", role, "--division", "\(division)"]
      + ["--display", display] + (passwordFile.map { ["--password-file", $0] } ?? [])
  }

  private func given(
    _ value: String?, _ option: String, _ chinese: String, _ english: String, _ console: Console
  ) throws(ProgramFailure) -> String {
    if let value { return value }
    guard isatty(STDIN_FILENO) == 1 else {
      throw ProgramFailure(
        .badInput, option, chinese: "没有终端可询问：请用 --\(option)",
        english: "there is no terminal to ask at: use --\(option)")
    }
    do throws(OutputFailure) {
      try StandardStream.output.write(console.text(chinese, english))
    } catch {
      throw error.explanation
    }
    return readLine()?.trimmingBlanks ?? ""
  }
}
