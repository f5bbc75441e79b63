import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha search`.
struct SearchCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "记录一次查找及结果 · Record a search and its outcome (S6.4).",
    discussion: """
      户籍地按顺序查找：育龄妇女数据库、手工台账、公安户籍管理；三处都没有才能反馈“查无此人”。
      The household place searches the women's register, the paper ledger and the household \
      register, in this order; "not found" needs all three.
      """)

  @Argument(help: "编号 · The item.")
  var item: String

  @Option(help: "查找何处 · Where: \(SearchPlace.allValueStrings.joined(separator: ", ")).")
  var source: SearchPlace

  @Flag(help: "查到 · She was there.")
  var found = false

  @Flag(help: "未查到 · She was not there.")
  var notFound = false

  @Option(help: "说明 · What was seen.")
  var note: String = ""

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if found == notFound { throw ValidationError("--found 或 --not-found · one of them") }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let done = try await NodeSession.with(profile: profile.profile) { node in
      var request = SearchRequest()
      request.id = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      var step = SearchStep()
      step.source = source.source
      step.found = found
      step.note = note
      request.step = step
      return try await node.call(Items.recordSearch, request)
    }
    try console.show(DoneView(item: item, done: done).page(in: console.language))
    return .done
  }
}

/// The places to search, as words of the command line.
enum SearchPlace: String, ExpressibleByArgument, CaseIterable {
  case womenRegister = "women-register"
  case paperLedger = "paper-ledger"
  case householdRegister = "household-register"
  case health
  case civilAffairs = "civil-affairs"
  case superiorRegister = "superior-register"

  var source: SearchSource {
    switch self {
    case .womenRegister: .womenRegister
    case .paperLedger: .paperLedger
    case .householdRegister: .householdRegister
    case .health: .health
    case .civilAffairs: .civilAffairs
    case .superiorRegister: .superiorRegister
    }
  }
}
