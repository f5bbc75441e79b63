import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Program

/// `xiecha send`.
struct SendCommand: ItemsCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "提交已录入的信息 · Send what is entered and not sent.")
  static let method = Items.send
  static let step = BilingualText(chinese: "提交", english: "sent")

  @Argument(help: "编号，不写则全部 · Items; all where none is named.")
  var items: [String] = []

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  var named: [String]? { items.isEmpty ? nil : items }
}
