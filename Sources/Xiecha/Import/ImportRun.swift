import CaseFile
import ExchangeProtos
import ExchangeRules
import Presentation
import RPC
import Wire

/// Enters the good rows of a case file at a node, several at once, and collects what is not taken.
struct ImportRun: Sendable {
  /// Entered at once: a node commits them together.
  static let rowsInFlight = 32

  let node: NodeSession
  let enteredAt: String

  /// What became of the rows.
  struct Result: Sendable {
    var read = 0
    var entered = 0
    /// Entered by an earlier import of the same rows.
    var known = 0
    var rejected: [RejectedRow] = []

    var done: Int { entered + known + rejected.count }
  }

  private enum Outcome: Sendable {
    case entered
    case known
    case refused(RejectedRow)
    case failed(CallFailure)
  }

  /// Reads to the end of the file. Stops at a failure that no later row could escape; what was
  /// entered until then is known the next time.
  func run(_ reader: CaseFileReader, progress: (Int) -> Void) async throws -> Result {
    var result = Result()
    var failure: CallFailure?
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      var inFlight = 0
      while failure == nil, let entry = try reader.next() {
        result.read += 1
        switch entry {
        case .rejected(let row):
          result.rejected.append(row)
        case .row(let row, let cells):
          if inFlight == ImportRun.rowsInFlight, let outcome = try await group.next() {
            inFlight -= 1
            failure = ImportRun.count(outcome, in: &result)
          }
          group.addTask { await enter(row, cells: cells) }
          inFlight += 1
        }
        progress(result.done)
      }
      for try await outcome in group {
        failure = ImportRun.count(outcome, in: &result) ?? failure
        progress(result.done)
      }
    }
    if let failure { throw failure }
    result.rejected.sort { $0.line < $1.line }
    return result
  }

  private static func count(_ outcome: Outcome, in result: inout Result) -> CallFailure? {
    switch outcome {
    case .entered: result.entered += 1
    case .known: result.known += 1
    case .refused(let row): result.rejected.append(row)
    case .failed(let failure): return failure
    }
    return nil
  }

  private func enter(_ row: CaseRow, cells: [[UInt8]]) async -> Outcome {
    var request = EnterRequest()
    request.item = ItemDraft.item(from: row, enteredAt: enteredAt)
    do {
      let reply = try await node.call(Items.enter, request)
      return reply.repeatedEntry ? .known : .entered
    } catch {
      guard ImportRun.concernsTheRow(error) else { return .failed(error) }
      return .refused(
        RejectedRow(line: row.line, cells: cells, problems: [ImportRun.problem(error)]))
    }
  }

  /// Whether another row could fare better.
  private static func concernsTheRow(_ failure: CallFailure) -> Bool {
    switch failure.status {
    case .invalidArgument, .alreadyExists, .failedPrecondition, .outOfRange, .notFound: true
    default: false
    }
  }

  /// The node's refusal, at the field that it names (`item.subject.citizenId`).
  private static func problem(_ failure: CallFailure) -> RowProblem {
    let path = failure.field.replacing("item.", with: "").replacing("subject.", with: "")
    let field = CaseField.allCases.first { $0.path == path }
    return RowProblem(
      field: path, heading: field?.heading ?? "", nodeReason: failure.reason, text: failure.text)
  }
}
