import ArgumentParser
import ExchangeRules
import Explain
import Operator
import Presentation
import Program
import ReferenceData

/// `xiecha explain`.
struct ExplainCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "说明时限及依据 · Explain deadlines, with the rule of each.",
    discussion: """
      不需要登录。Needs no sign-in. With --batch, one JSON object a line on standard input gives one \
      answer a line on standard output, in order.

        xiecha explain assistRequest pregnancy --pregnant --submitted 2009-06-20
        xiecha explain serviceNotice birth --submitted 2009-06-20 --rules fujian
        xiecha explain assistRequest --submitted 2009-06-20 --born 1985-06-15 --certificate none
      """)

  @Argument(help: "assistRequest（协查）, serviceNotice（服务管理信息）.")
  var kind: String?

  @Argument(help: "类别 · Category: basic, spouse, pregnancy, child, inflow, … (1 to 11).")
  var category: String?

  @Option(help: "发生日期 · The day of the event, YYYY-MM-DD.")
  var occurred: String?

  @Option(help: "提交日期，不写则今天 · The day of submission; today where none is given.")
  var submitted: String?

  @Option(help: "接收日期 · The day of receipt.")
  var received: String?

  @Option(help: "规则 · Rules: provincial-2009, fujian.")
  var rules: String = "provincial-2009"

  @Option(
    help: .init(
      "本地已停用的类别 · A category that the site has switched off (G7).", valueName: "category"))
  var switchedOff: [String] = []

  @OptionGroup var subject: SubjectOptions

  @Flag(help: "逐行应答 JSON · Answer JSON lines.")
  var batch = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try profiles()
    if batch { return }
    _ = (try facts(), try subject.facts())
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let explain = try ExplainBatch(calendar: .national, profiles: profiles())
    if batch { return try BatchRun.run(on: console) { explain.answer(line: $0, into: &$1) } }
    let facts = try facts()
    if console.isJSON {
      let answer = explain.answer(line: try JSONOutput.text(of: Question(facts)))
      try console.pass(Array((answer + "\n").utf8).span)
      return .done
    }
    if let failure = ProfileRule.check(
      facts.profile, category: facts.category, submitted: facts.submitted
    ).failure {
      throw ProgramFailure(
        .refused, failure.reason, chinese: "\(failure.text.chinese)（\(failure.rule)）",
        english: "\(failure.text.english) (\(failure.rule))")
    }
    var page = Page()
    for line in try rulingLines(explain, facts, console.language) { page.add(line: line) }
    if let person = try subject.facts() {
      for line in ClassificationText.lines(of: person, on: facts.submitted, in: console.language) {
        page.add(line: line)
      }
    }
    try console.show(page)
    return .done
  }

  private func rulingLines(
    _ explain: ExplainBatch, _ facts: ItemFacts, _ language: Language
  ) throws -> [String] {
    do {
      return RulingText.lines(of: try explain.ruling(on: facts), on: facts, in: language)
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
    let kinds: [String: ItemKind] = [
      "assistRequest": .assistRequest, "协查": .assistRequest, "serviceNotice": .serviceNotice,
      "服务管理信息": .serviceNotice, "通报": .serviceNotice,
    ]
    guard let kind = self.kind.flatMap({ kinds[$0] }) else {
      throw refuse("KIND", self.kind, "assistRequest, serviceNotice")
    }
    let written = category ?? "assist"
    guard let category = ExplainCommand.category(named: written) else {
      throw refuse("CATEGORY", written, ExplainCommand.categoryWords)
    }
    guard let profile = try profiles().first(where: { $0.name == rules }) else {
      throw refuse("--rules", rules, RuleProfile.builtIn.map(\.name).joined(separator: ", "))
    }
    return try ItemFacts(
      kind: kind, category: category, currentlyPregnant: subject.pregnant,
      occurred: SubjectOptions.day("--occurred", occurred),
      submitted: SubjectOptions.day("--submitted", submitted)
        ?? CivilDate(chinaDateOf: SystemClock.milliseconds),
      received: SubjectOptions.day("--received", received),
      profile: profile)
  }

  /// The built-in rules, without what the site has switched off (G7).
  private func profiles() throws -> [RuleProfile] {
    let off = try switchedOff.map { word in
      guard let category = ExplainCommand.category(named: word) else {
        throw ValidationError("--switched-off \(word)：\(ExplainCommand.categoryWords)")
      }
      return category
    }
    return RuleProfile.builtIn.map { $0.with(switchedOff: Set(off)) }
  }

  private static let categoryWords = Category.allCases.map(\.word)
    .joined(separator: ", ")

  /// A category by its number, its word or the source's own term.
  private static func category(named written: String) -> Category? {
    if let number = Int(written) { return Category(rawValue: number) }
    return Category(word: written)
      ?? Category.allCases.first { $0.label.chinese == written }
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
