import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha query`.
struct QueryCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "组合查询（留痕） · The combined query; leaves a trace (S10.3).",
    discussion: """
      条件任意组合，最新提交的在前；查询个人须说明目的。常用的查询可以取名保存。
      Any mix of conditions, the newest submission first; who asks for a person says why. A query can \
      be saved under a name.

        xiecha query --box out --lateness overdue --from 2026-07-01
        xiecha query --state received,assigned --urgency urgent --save 急件
        xiecha query --saved 急件 --format xlsx --out 急件.xlsx
        xiecha query --citizen-id 440306199001010000 --purpose 核对来函
        xiecha query --list-saved
      """)

  @OptionGroup(title: "条件 · Conditions") var asked: QueryOptions

  @Option(help: "公民身份号码 · The items of the person with this number.")
  var citizenID: String?

  @Option(help: "姓名 · The items of persons of this name.")
  var name: String?

  @Option(help: "查询个人的目的 · What a person is asked for.")
  var purpose: String?

  @Option(help: "最多几条 · At most this many.")
  var limit: Int?

  @Option(help: "以此名称保存条件 · Save the conditions under this name, and run them.")
  var save: String?

  @Option(help: "用已保存的条件 · Run the conditions saved under this name.")
  var saved: String?

  @Flag(help: "列出已保存的查询 · List what is saved.")
  var listSaved = false

  @Option(help: "删除已保存的查询 · Forget what is saved under this name.")
  var forget: String?

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit)：1…") }
    if citizenID != nil || name != nil, (purpose ?? "").allSatisfy(\.isWhitespace) {
      throw ValidationError("查询个人须用 --purpose 说明目的 · a person needs --purpose (G2)")
    }
    if saved != nil, !asked.asksNothing {
      throw ValidationError("--saved 与条件选其一 · --saved, or conditions")
    }
    if let save, save.allSatisfy(\.isWhitespace) {
      throw ValidationError("--save 不能为空 · not blank")
    }
    if listSaved || forget != nil {
      guard asked.asksNothing, saved == nil, save == nil, citizenID == nil, name == nil,
        listSaved != (forget != nil)
      else { throw ValidationError("--list-saved, --forget：单独使用 · alone") }
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    if listSaved {
      let queries = try await NodeSession.with(profile: profile.profile) { node in
        try await node.savedQueries()
      }
      try console.show(SavedQueriesView(queries: queries).page(in: console.language))
      return .done
    }
    if let forget { return try await drop(forget, on: console) }
    let (conditions, items) = try await NodeSession.with(profile: profile.profile) { node in
      let conditions = try await chosen(at: node)
      if let save { try await node.save(conditions, as: save) }
      let person = AskedPerson(
        citizenID: citizenID ?? "", name: name ?? "", purpose: purpose ?? "")
      let found = try await node.query(conditions, of: person, limit: limit)
      return (conditions, found.compactMap(\.item))
    }
    let view = QueryView(conditions: conditions, items: items)
    if let chosen = try file.chosen() {
      let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
      return try chosen.write(view.report(in: console.language, on: today), on: console)
    }
    try console.show(view.page(in: console.language))
    return .done
  }

  private func chosen(at node: NodeSession) async throws -> QueryConditions {
    guard let saved else { return try asked.conditions() }
    let found = try await node.savedQueries().first { $0.name == saved }
    guard let conditions = found?.conditions else { throw Self.notSaved(saved) }
    return conditions
  }

  private func drop(_ name: String, on console: Console) async throws -> ProgramExit {
    let wasThere = try await NodeSession.with(profile: profile.profile) { node in
      try await node.forgetQuery(name)
    }
    guard wasThere else { throw Self.notSaved(name) }
    try console.done(["forgotten": name], "已删除查询 \(name)", "forgotten: \(name)")
    return .done
  }

  private static func notSaved(_ name: String) -> ProgramFailure {
    ProgramFailure(
      .refused, "no-such-query", chinese: "没有保存名为“\(name)”的查询；--list-saved 列出已保存的",
      english: "no query is saved as \(name); --list-saved lists those that are")
  }
}
