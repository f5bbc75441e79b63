import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha flows capacity`.
struct FlowsCapacityCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "容量与预警 · The set capacities of places, with early warnings.")

  @Option(help: "设定哪个单位 · The place whose capacity is set.")
  var of: String?

  @Option(help: "容量（人），0 取消 · Persons; 0 takes it away.")
  var set: UInt64?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try FigureOptions.division("--of", of)
    if (of == nil) != (set == nil) {
      throw ValidationError("--of, --set：两项都要写 · both or neither")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let place = try FigureOptions.division("--of", of)
    let places = try await NodeSession.with(profile: profile.profile) { node in
      if let place, let set { _ = try await node.setCapacity(place, to: set) }
      return try await node.capacities()
    }
    try console.show(CapacitiesView(places: places).page(in: console.language))
    return .done
  }
}
