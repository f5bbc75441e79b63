import ArgumentParser
import ExchangeRules
import Presentation
import Program

/// What can be switched off and on again: the account of a person, or a node.
protocol Switchable: ParsableArguments {
  /// The help of `disable`.
  static var disabling: String { get }
  /// The help of `enable`.
  static var enabling: String { get }
  /// The name under which it was given.
  var title: String { get }
  /// Switches it in a ledger.
  func set(enabled: Bool, in store: StoreOptions) async throws
}

/// `… disable`.
struct Disable<Thing: Switchable>: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "disable", abstract: Thing.disabling)
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var thing: Thing
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let title = thing.title
    try await thing.set(enabled: false, in: store)
    try console.done(["disabled": title], "已停用 \(title)", "\(title) is switched off")
    return .done
  }
}

/// `… enable`.
struct Enable<Thing: Switchable>: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "enable", abstract: Thing.enabling)
  }

  @OptionGroup var store: StoreOptions
  @OptionGroup var thing: Thing
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let title = thing.title
    try await thing.set(enabled: true, in: store)
    try console.done(["enabled": title], "已启用 \(title)", "\(title) is switched on")
    return .done
  }
}
