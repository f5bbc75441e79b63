import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Program

/// `xiecha receive`.
struct ReceiveCommand: ItemsCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "接收送达的信息 · Receive what was delivered.")
  static let method = Items.receive
  static let step = BilingualText(chinese: "接收", english: "received")

  @OptionGroup var choice: ItemChoice
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  var named: [String]? { choice.named }
}
