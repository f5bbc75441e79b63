import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha quality`.
struct QualityCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "数据质量：缺项、矛盾、无号码者 · Defects, and persons without a number (S12.2, S12.3).",
    discussion: """
      注明理由而保留的存疑号码一直列出，直到更正。
      A doubtful number that is kept with a reason stays listed until it is corrected.
      """)

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let (defects, numberless) = try await NodeSession.with(profile: profile.profile) { node in
      (
        try await node.all(Records.defects, ReviewRequest()),
        try await node.all(Records.withoutNumber, ReviewRequest())
      )
    }
    try console.show(
      QualityView(defects: defects, numberless: numberless).page(in: console.language))
    return .done
  }
}
