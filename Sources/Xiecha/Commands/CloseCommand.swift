import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Program

/// `xiecha close`.
struct CloseCommand: ItemsCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "办结已反馈的信息 · Close what was answered.")
  static let method = Items.close
  static let step = BilingualText(chinese: "办结", english: "closed")

  @OptionGroup var choice: ItemChoice
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  var named: [String]? { choice.named }
}
