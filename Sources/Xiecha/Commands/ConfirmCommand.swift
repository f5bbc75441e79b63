import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha confirm`.
struct ConfirmCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "审核确认现居住地建立的个案 · Confirm a case that the place of residence opened (S7.1).")

  @Argument(help: "编号 · The item.")
  var item: String

  @Flag(help: "确认 · Confirmed.")
  var yes = false

  @Flag(help: "不予确认，须说明原因 · Refused; say why in --note.")
  var no = false

  @Flag(help: "撤回本县的审核确认，须说明原因 · Take back what was decided; say why in --note.")
  var takeBack = false

  @Option(help: "说明 · Note.")
  var note: String = ""

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [yes, no, takeBack].count(where: { $0 }) == 1 else {
      throw ValidationError("--yes、--no、--take-back 三者选一 · exactly one of them")
    }
    if !yes, note.allSatisfy(\.isWhitespace) {
      throw ValidationError("--no、--take-back 须用 --note 说明原因 · they need the reason in --note")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let reply = try await NodeSession.with(profile: profile.profile) { node in
      var request = ConfirmRequest()
      request.item = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      request.confirmed = yes
      request.takenBack = takeBack
      request.note = note
      return try await node.call(Records.confirm, request)
    }
    let state = PersonText.confirmation(reply.state, console.language)
    try console.done(
      ["item": item, "confirmation": reply.state], "\(item)：\(state)", "\(item): \(state)")
    return .done
  }
}
