import ArgumentParser
import CaseFile
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha answer`.
struct AnswerCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "反馈 · Answer an item.",
    discussion: """
      “查无此人”须写明原因（--remark）；“信息不符”须逐项写明登记内容，如 --mismatch 婚姻状况=已婚。
      "Not found" needs the reason in --remark (S6.3); a mismatch names what is registered, as in \
      --mismatch maritalStatus=20. It can be repeated. --record 婚姻状况=初婚 sends back what the register \
      has, which then stands in both registers (S7).
      """)

  @Argument(help: "编号 · The item.")
  var item: String

  @Flag(help: "查到，属实 · Found as asked.")
  var found = false

  @Flag(help: "查无此人 · Not found.")
  var notFound = false

  @Option(
    parsing: .singleValue,
    help: .init("不符的项目=登记内容 · What differs.", valueName: "field=registered"))
  var mismatch: [String] = []

  @Option(
    parsing: .singleValue,
    help: .init("随反馈寄回的登记内容 · The matched record.", valueName: "field=value"))
  var record: [String] = []

  @Option(help: "备注 · Remark.")
  var remark: String = ""

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [found, notFound, !mismatch.isEmpty].count(where: { $0 }) == 1 else {
      throw ValidationError("--found、--not-found、--mismatch 三者选一 · exactly one of them")
    }
    for text in mismatch where AnswerCommand.difference(text) == nil {
      throw ValidationError("--mismatch \(text)：项目=内容 · FIELD=REGISTERED")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let done = try await NodeSession.with(profile: profile.profile) { node in
      var request = AnswerRequest()
      request.id = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      var answer = Answer()
      answer.finding = found ? .found : notFound ? .notFound : .mismatch
      answer.differences = mismatch.compactMap(AnswerCommand.difference)
      answer.remark = remark
      if !record.isEmpty {
        let summary = try await node.items(in: .in, state: nil, limit: nil)
          .first { $0.id == request.id }
        let category = summary.flatMap {
          $0.category
        }
        answer.record = try RecordDraft.record(record, of: category ?? .assist)
      }
      request.answer = answer
      return try await node.call(Items.submitAnswer, request)
    }
    try console.show(DoneView(item: item, done: done).page(in: console.language))
    return .done
  }

  /// Reads `婚姻状况=已婚` or `14=已婚`; a thing that is none of the fifteen keeps its own name.
  private static func difference(_ text: String) -> Difference? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let field = parts.first, !field.isEmpty, let registered = parts.last,
      !registered.isEmpty
    else { return nil }
    var difference = Difference()
    difference.field = CheckItem(named: String(field))?.word ?? String(field)
    difference.registered = String(registered)
    return difference
  }
}
