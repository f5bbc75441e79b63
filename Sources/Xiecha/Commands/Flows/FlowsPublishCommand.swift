import ArgumentParser
import Operator
import Presentation
import Program

/// `xiecha flows publish`.
struct FlowsPublishCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "统计并发布一个时段（不能更改） · Count a period and publish it; it stays as it is.")

  @OptionGroup var period: FlowOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let release = try period.release()
    let flows = try await NodeSession.with(profile: profile.profile) { node in
      try await node.publishFlows(release)
    }
    try console.show(FlowsView(release: release, flows: flows).page(in: console.language))
    return .done
  }
}
