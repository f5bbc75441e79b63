public import ArgumentParser
internal import ExchangeRules
internal import Foundation
public import Presentation

/// How the output of a command looks.
public struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "输出 JSON · JSON for programs.")
  private var json = false

  @Option(name: .long, help: "语言 · Language: zh, en (XIECHA_LANG).")
  private var lang: LanguageChoice?

  /// The options as nobody gave them.
  public init() {}

  /// The console that the options and the environment ask for.
  public var console: Console { OutputOptions.console(json: json, lang: lang) }

  static func console(json: Bool, lang: LanguageChoice?) -> Console {
    let preset = ProcessInfo.processInfo.environment["XIECHA_LANG"]
    let choice = lang ?? preset.flatMap(LanguageChoice.init) ?? .zh
    return Console(language: choice == .zh ? .chinese : .english, isJSON: json)
  }
}

/// The language of a program that shows nothing to programs.
public struct LanguageOption: ParsableArguments {
  @Option(name: .long, help: "语言 · Language: zh, en (XIECHA_LANG).")
  private var lang: LanguageChoice?

  /// The option as nobody gave it.
  public init() {}

  /// The console that the option and the environment ask for.
  public var console: Console { OutputOptions.console(json: false, lang: lang) }
}

/// The words of `--lang`.
enum LanguageChoice: String, ExpressibleByArgument, CaseIterable {
  case zh
  case en
}
