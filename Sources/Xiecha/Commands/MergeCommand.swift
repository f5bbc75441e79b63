import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha merge`.
struct MergeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "合并同一人的登记 · Merge persons that are one (S12.3).",
    discussion: """
      不丢失任何内容，可用 xiecha unmerge 撤销。不同的项目以保留者为准。
      Nothing is lost; xiecha unmerge takes it back. Where they differ, what the one that stays has \
      counts.
      """)

  @Argument(help: "保留者的编号 · The person that stays.")
  var keep: String

  @Argument(help: "并入者的编号 · Those that count under it from now on.")
  var others: [String]

  @Option(help: "理由 · Why they are one.")
  var reason: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if others.isEmpty { throw ValidationError("写明并入者的编号 · name the others") }
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason 不能为空 · not blank") }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      let persons = try await PersonFinder(node: node).persons([keep] + others)
      var request = MergeRequest()
      request.keep = persons.first ?? []
      request.others = Array(persons.dropFirst())
      request.reason = reason
      return try await node.call(Records.merge, request)
    }
    try console.show(MergeView(reply: reply).page(in: console.language))
    return .done
  }
}

/// `xiecha unmerge`.
struct UnmergeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "unmerge", abstract: "撤销合并 · Take a merge back (S12.3).")

  @Argument(help: "并入者的编号 · The person that counts under another now.")
  var person: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      var request = UndoMergeRequest()
      request.person = try await PersonFinder(node: node).persons([person]).first ?? []
      return try await node.call(Records.undoMerge, request)
    }
    try console.show(MergeView(reply: reply).page(in: console.language))
    return .done
  }
}
