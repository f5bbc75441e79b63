import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha take-back`.
struct TakeBackCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "take-back",
    abstract: "撤回本单位做错的一步 · Take back a step of one's own that was wrong.",
    discussion: """
      撤回录入即撤回整条信息；已提交的由县（市、区）撤回。凡收到的单位都会看到撤回及原因。
      Taking back the entry withdraws the item; what was sent is the county's to withdraw. Whoever \
      has the item sees it, with the reason. An answer taken back leaves the due date as it was.
      """)

  /// What can be taken back.
  enum Step: String, CaseIterable, ExpressibleByArgument {
    case entry, assignment, step, answer, closing

    var kind: EventKind {
      switch self {
      case .entry: .entered
      case .assignment: .assigned
      case .step: .searched
      case .answer: .answered
      case .closing: .closed
      }
    }
  }

  @Argument(help: "编号 · The item.")
  var item: String

  @Option(help: "撤回哪一步：录入、分解、查找、反馈、办结，本单位最近的一次 · Which step: the last of one's own.")
  var what: Step

  @Option(
    help: .init("不是最近一次的，写明步骤编号（follow --json）· That very event.", valueName: "id"))
  var event: String?

  @Option(help: "撤回原因 · Why.")
  var reason: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw ValidationError("须用 --reason 说明原因 · --reason needs words")
    }
    if let event, TakeBackCommand.id(event) == nil {
      throw ValidationError("--event \(event)：完整的步骤编号 · the whole id of an event")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let done = try await NodeSession.with(profile: profile.profile) { node in
      var request = TakeBackRequest()
      request.id = try await ItemFinder(node: node).ids(of: [item]).first ?? []
      request.kind = what.kind
      request.event = event.flatMap(TakeBackCommand.id) ?? []
      request.reason = reason
      return try await node.call(Items.takeBack, request)
    }
    try console.show(DoneView(item: item, done: done).page(in: console.language))
    return .done
  }

  private static func id(_ text: String) -> [UInt8]? {
    guard case .whole(let bytes)? = ItemName.read(text) else { return nil }
    return bytes
  }
}
