internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// The roster of a township: the subjects that it has submitted in a cycle, and those whom it has fed
/// back of what was asked of it (S10.6).
struct RosterDrafts {
  let node: Node
  let context: CallContext

  /// The most that one letter holds (`Protos/letters.proto`).
  private static let linesOfLetter = 4000
  private static let operatorsOfLetter = 64

  func drafts(
    of office: DivisionCode, _ month: CycleMonth, _ duty: ReportDuty
  ) async throws -> [LetterBook.Draft] {
    let question = try OfficeQuestion(
      cycle: "\(month)", of: "\(office)", by: context, at: node)
    let signIns = SignIns(in: month, at: node)
    let (lines, operators) = try await node.ledger.read { ledger in
      var lines: [RosterLine] = []
      try question.forEachItem(.asking, in: ledger) { item, counted in
        lines.append(RosterLine(item, on: counted.submitted, isFedBack: false))
      }
      try question.forEachItem(.asked, in: ledger) { item, counted in
        guard let answered = counted.answered else { return }
        lines.append(RosterLine(item, on: answered, isFedBack: true))
      }
      let here = try signIns.here(within: office.prefix, in: ledger)
      return (lines, here["\(office)"] ?? [])
    }
    // An empty roster is one letter too: that there was nothing is said.
    let starts =
      lines.isEmpty ? [0] : Array(stride(from: 0, to: lines.count, by: Self.linesOfLetter))
    return starts.enumerated().map { part, start in
      var roster = Roster()
      roster.parts = UInt32(clamping: starts.count)
      if part == 0 { roster.operators = Array(operators.prefix(Self.operatorsOfLetter)) }
      roster.subjects = UInt64(clamping: lines.count)
      roster.lines = Array(lines[start..<min(start + Self.linesOfLetter, lines.count)])
      return LetterBook.Draft(
        kind: .roster, issuer: office, addressee: duty.addressee, period: month.first,
        part: part + 1, lines: roster.lines.count, body: roster.encoded())
    }
  }
}

extension RosterLine {
  fileprivate init(_ item: StoredItem, on day: CivilDate, isFedBack: Bool) {
    self.init()
    self.item = item.id.bytes
    kind = item.kind
    category = item.category
    fedBack = isFedBack
    maskedName = item.maskedName
    maskedCitizenId = item.maskedCitizenID
    self.day = day.yyyymmdd
    finding = isFedBack ? item.finding : nil
  }
}
