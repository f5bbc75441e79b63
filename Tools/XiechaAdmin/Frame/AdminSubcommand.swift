import ArgumentParser
import Exchange
import ExchangeRules
import Foundation

/// Ends a command with a code after everything has been told.
struct CommandEnd: Error {
  let exit: ProgramExit
}

/// A command of the program: it writes to a console, and its errors are told in one place.
protocol AdminSubcommand: AsyncParsableCommand {
  var output: OutputOptions { get }
  /// Does the work.
  func perform(on console: Console) async throws
}

extension AdminSubcommand {
  func run() async throws {
    let console = output.console
    do {
      try await perform(on: console)
    } catch let ended as CommandEnd {
      throw ended
    } catch {
      throw CommandEnd(exit: console.report(error))
    }
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
