import ArgumentParser
import ExchangeRules
import Foundation
import Presentation

/// Ends a command with a code after everything has been told.
struct CommandEnd: Error {
  let code: Presentation.ExitCode
}

/// A command of the program: it writes to a console, and its errors are told in one place.
protocol OperatorCommand: AsyncParsableCommand {
  var output: OutputOptions { get }
  /// Does the work and says how the program ends.
  func perform(on console: Console) async throws -> Presentation.ExitCode
}

extension OperatorCommand {
  func run() async throws {
    let console = output.console
    var code = Presentation.ExitCode.done
    do {
      code = try await perform(on: console)
    } catch {
      code = console.report(error)
    }
    if code != .done { throw CommandEnd(code: code) }
  }
}

/// How the output looks.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "输出 JSON · JSON for programs.")
  var json = false

  @Option(name: .long, help: "语言 · Language: zh, en (XIECHA_LANG).")
  var lang: LanguageChoice?

  var console: Console {
    let preset = ProcessInfo.processInfo.environment["XIECHA_LANG"]
    let choice = lang ?? preset.flatMap(LanguageChoice.init) ?? .zh
    return Console(language: choice == .zh ? .chinese : .english, isJSON: json)
  }
}

/// The words of `--lang`.
enum LanguageChoice: String, ExpressibleByArgument, CaseIterable {
  case zh
  case en
}

/// Which sign-in a command uses.
struct ProfileOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "用哪次登录 · Which sign-in; not needed where there is only one (XIECHA_PROFILE).")
  var profile: String?
}
