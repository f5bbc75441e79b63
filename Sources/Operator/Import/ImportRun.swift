public import CaseFile
internal import ExchangeProtos
public import ExchangeRules
internal import Presentation
public import Wire

/// Enters the good rows of a case file at a node, several at once, and collects what is not taken.
public struct ImportRun: Sendable {
  private let node: NodeSession
  private let enteredAt: String

  /// A run at a node, for an account of the division `enteredAt`.
  public init(node: NodeSession, enteredAt: String) {
    self.node = node
    self.enteredAt = enteredAt
  }

  /// What became of the rows.
  public struct Result: Sendable {
    /// Rows read.
    public var read = 0
    /// Entered by this run.
    public var entered = 0
    /// Entered by an earlier import of the same rows.
    public var known = 0
    /// What reading changed in the rows that were taken, by heading: in how many, and what.
    public var changed: [String: Changed] = [:]
    /// Which notices the entered rows call for (S4.4), and for how many of them.
    public var noticesDue: [NoticeEvent: Int] = [:]
    /// Not taken, by line.
    public var rejected: [RejectedRow] = []
    /// What ended the run before the end of the file.
    public var failure: CallFailure?

    /// What reading changed in the cells of a column.
    public struct Changed: Sendable {
      /// In how many rows.
      public var rows = 0
      /// All that was changed in any of them.
      public var made: ReadingChanges = []
    }

    /// Notes what reading changed in a row.
    public mutating func note(_ changes: [CaseRow.Change]) {
      for change in changes {
        changed[change.heading, default: Changed()].rows += 1
        changed[change.heading, default: Changed()].made.formUnion(change.made)
      }
    }

    /// Of a run that has not begun.
    public init() {}

    var done: Int { entered + known + rejected.count }
  }

  private enum Outcome: Sendable {
    case entered([NoticeEvent])
    case known
    case refused(RejectedRow)
    case failed(CallFailure)
  }

  /// Reads to the end of the file, or to a failure that no later row could escape; what was entered
  /// until then is known the next time.
  public func run(_ reader: CaseFileReader, progress: (Int) -> Void) async throws -> Result {
    var result = Result()
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      var inFlight = 0
      while result.failure == nil, let entry = try reader.next() {
        result.read += 1
        switch entry {
        case .rejected(let row):
          result.rejected.append(row)
        case .row(let row, let cells):
          result.note(row.changes)
          if inFlight == NodeSession.callsInFlight, let outcome = try await group.next() {
            inFlight -= 1
            ImportRun.count(outcome, in: &result)
          }
          group.addTask { await enter(row, cells: cells) }
          inFlight += 1
        }
        progress(result.done)
      }
      for try await outcome in group {
        ImportRun.count(outcome, in: &result)
        progress(result.done)
      }
    }
    result.rejected.sort { $0.line < $1.line }
    return result
  }

  private static func count(_ outcome: Outcome, in result: inout Result) {
    switch outcome {
    case .entered(let notices):
      result.entered += 1
      for notice in notices { result.noticesDue[notice, default: 0] += 1 }
    case .known: result.known += 1
    case .refused(let row): result.rejected.append(row)
    case .failed(let failure): result.failure = failure
    }
  }

  private func enter(_ row: CaseRow, cells: [[UInt8]]) async -> Outcome {
    var request = EnterRequest()
    request.item = ItemDraft.item(from: row, enteredAt: enteredAt)
    do {
      let reply = try await node.call(Items.enter, request)
      return reply.repeatedEntry
        ? .known
        : .entered(NoticesDue.notices(of: request.item ?? Item(), at: row.from.description))
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
      field: path, heading: field?.heading ?? "", nodeReason: failure.reason,
      text: BilingualText(
        chinese: TwoLanguages.part(of: failure.text, in: .chinese),
        english: TwoLanguages.part(of: failure.text, in: .english)))
  }
}
