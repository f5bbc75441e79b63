import ArgumentParser
import ExchangeRules
import Explain
import Presentation
import ReferenceData

/// `xiecha explain`.
struct ExplainCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "说明时限及依据 · Explain deadlines, with the rule of each.",
    discussion: """
      不需要登录。Needs no sign-in. With --batch, one JSON object a line on standard input gives one \
      answer a line on standard output, in order.

        xiecha explain assistRequest pregnancy --pregnant --submitted 2009-06-20
        xiecha explain serviceNotice birth --submitted 2009-06-20 --rules fujian
      """)

  @Argument(help: "assistRequest（协查）, serviceNotice（服务管理信息）.")
  var kind: String?

  @Argument(help: "类别 · Category: basic, spouse, pregnancy, child, inflow, … (1 to 11).")
  var category: String?

  @Flag(help: "现孕 · Currently pregnant.")
  var pregnant = false

  @Option(help: "发生日期 · The day of the event, YYYY-MM-DD.")
  var occurred: String?

  @Option(help: "提交日期，默认今天 · The day of submission; today.")
  var submitted: String?

  @Option(help: "接收日期 · The day of receipt.")
  var received: String?

  @Option(help: "规则 · Rules: provincial-2009, fujian.")
  var rules: String = "provincial-2009"

  @Flag(help: "逐行应答 · Answer JSON lines.")
  var batch = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if batch { return }
    _ = try facts()
  }

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let explain = ExplainBatch(calendar: .national)
    if batch { return try BatchRun.run { explain.answer(line: $0, into: &$1) } }
    let facts = try facts()
    if console.isJSON {
      console.show([explain.answer(line: try JSONOutput.text(of: Question(facts)))])
      return .done
    }
    do {
      let ruling = try explain.ruling(on: facts)
      console.show(RulingText.lines(of: ruling, on: facts, in: console.language))
      return .done
    } catch {
      throw ProgramFailure(
        .refused, error.reason, chinese: "无法说明（\(error.field)）：\(error.reason)",
        english: "no answer (\(error.field)): \(error.reason)")
    }
  }

  /// The question in the terms of the rules.
  private func facts() throws -> ItemFacts {
    func refuse(_ option: String, _ written: String?, _ allowed: String) -> ValidationError {
      ValidationError("\(option) \(written ?? "")：\(allowed)")
    }
    let kinds: [String: ExchangeRules.ItemKind] = [
      "assistRequest": .assistRequest, "协查": .assistRequest, "serviceNotice": .serviceNotice,
      "服务管理信息": .serviceNotice, "通报": .serviceNotice,
    ]
    guard let kind = self.kind.flatMap({ kinds[$0] }) else {
      throw refuse("KIND", self.kind, "assistRequest, serviceNotice")
    }
    let written = category ?? "assist"
    let byNumber = Int(written).flatMap { ExchangeRules.Category(rawValue: $0) }
    let byLabel = ExchangeRules.Category.allCases.first { $0.label.chinese == written }
    guard let category = byNumber ?? ExchangeRules.Category(word: written) ?? byLabel else {
      let words = ExchangeRules.Category.allCases.map(\.word).joined(separator: ", ")
      throw refuse("CATEGORY", written, words)
    }
    guard let profile = RuleProfile(name: rules) else {
      throw refuse("--rules", rules, RuleProfile.builtIn.map(\.name).joined(separator: ", "))
    }
    func day(_ option: String, _ text: String?) throws -> CivilDate? {
      guard let text else { return nil }
      guard let date = CivilDate(text) else { throw refuse(option, text, "YYYY-MM-DD") }
      return date
    }
    return try ItemFacts(
      kind: kind, category: category, currentlyPregnant: pregnant,
      occurred: day("--occurred", occurred),
      submitted: day("--submitted", submitted) ?? MomentText.today(at: NodeSession.now),
      received: day("--received", received), profile: profile)
  }

  /// The question as a line of a batch.
  private struct Question: Encodable {
    var kind: String
    var category: String
    var currentlyPregnant: Bool
    var occurred: String?
    var submitted: String
    var received: String?
    var profile: String

    init(_ facts: ItemFacts) {
      kind = facts.kind.word
      category = facts.category.word
      currentlyPregnant = facts.currentlyPregnant
      occurred = facts.occurred?.description
      submitted = facts.submitted.description
      received = facts.received?.description
      profile = facts.profile.name
    }
  }
}
