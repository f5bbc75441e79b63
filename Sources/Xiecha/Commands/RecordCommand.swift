import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha record`.
struct RecordCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "查看登记的个案及其全部版本 · A person's records, every version.",
    discussion: """
      查看完整记录会留痕：谁、何时、为何、哪一条（--purpose 必填）。可写信息编号，或查重等清单中的人员编号。
      Reading whole records leaves a trace (G2). Name an item, or a person as the reviews list her.
      """)

  @Argument(help: "信息或人员编号 · An item, or a person of the register.")
  var item: String

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      var request = HistoryRequest()
      request.id = try await PersonFinder(node: node).id(ofItemOrPerson: item)
      request.purpose = reading.purpose
      return try await node.call(Records.history, request)
    }
    try console.show(RecordView(reply: reply).page(in: console.language))
    return .done
  }
}
