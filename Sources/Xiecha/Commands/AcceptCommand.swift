import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha accept`.
struct AcceptCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "采纳他方对人员情况的说法 · Take over what an item claims of a person (S7.1, S7.2).",
    discussion: """
      record 列出各条说法。现居住地一方采纳居住、电话、孕育等项，户籍地一方采纳姓名、号码、户籍等项。
      `record` lists the claims. Each side takes over the facts that it manages: \
      \(SubjectField.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @Argument(help: "人员编号 · A person of the register.")
  var person: String

  @Option(help: .init("说法所在的信息编号 · The item that claims it.", valueName: "item"))
  var claim: String

  @Option(parsing: .upToNextOption, help: "采纳的各项 · The fields.")
  var fields: [String]

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    for field in fields where SubjectField(rawValue: field) == nil {
      throw ValidationError(
        "--fields \(field)：\(SubjectField.allCases.map(\.rawValue).joined(separator: "、"))")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      var request = AcceptRequest()
      request.person = try await PersonFinder(node: node).persons([person]).first ?? []
      request.item = try await ItemFinder(node: node).ids(of: [claim]).first ?? []
      request.fields = fields
      return try await node.call(Records.accept, request)
    }
    try console.done(
      ["person": person, "version": "\(reply.version)"],
      "\(person)：已采纳，现为第\(reply.version)版", "\(person): taken over, version \(reply.version)")
    return .done
  }
}
