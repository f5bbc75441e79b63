import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha right ask`.
struct RightAskCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "受理个人请求 · Take up what a person asks for about an item.")

  @Argument(help: "编号 · The item.")
  var item: String

  @Flag(help: "请求删除 · What is held is to be erased.")
  var erase = false

  @Option(
    help: .init(
      "更正：项目=正确的内容，可重复 · A field as it should be; several may be given.",
      valueName: "field=value"))
  var correct: [String] = []

  @Option(help: "理由 · What is wrong, or why it is to go.")
  var reason: String

  @Option(help: "法律依据 · The legal basis.")
  var basis: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard erase == correct.isEmpty else {
      throw ValidationError("须用 --erase 或 --correct 之一 · one of --erase and --correct")
    }
    _ = try corrections()
  }

  func perform(on console: Console) async throws -> ProgramExit {
    var asked = RightRequest()
    asked.right = erase ? .erasure : .correction
    asked.reason = reason
    asked.basis = basis
    asked.corrections = try corrections()
    let question = asked
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      var request = AskRequest()
      request.item = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      request.request = question
      return try await node.call(Subjects.ask, request)
    }
    try console.done(
      ["event": ItemName.full(reply.event)], "已受理，待本单位第二人批准",
      "taken up; somebody else of this office approves it")
    return .done
  }

  private func corrections() throws -> [Correction] {
    try correct.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let field = SubjectField(rawValue: parts[0]) else {
        let fields = SubjectField.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--correct \(text)：项目=内容 · field=value; \(fields)")
      }
      var correction = Correction()
      correction.field = field.rawValue
      correction.value = parts[1]
      return correction
    }
  }
}
