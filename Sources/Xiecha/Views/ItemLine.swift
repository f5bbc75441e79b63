import ExchangeProtos
import ExchangeRules
import Presentation

/// An item for programs.
struct ItemLine: Encodable {
  var id: String
  var kind: String
  var category: String
  var from: String
  var to: String
  var state: String
  var urgency: String
  var name: String
  var citizenId: String
  var submitted: String?
  var due: String?
  var feedbackRequired: Bool
  var assignedTo: String?
  var finding: String?
  var cycle: String?
  var late: Bool
  var canAnswer: Bool
  /// Acts of this side that have no effect, since somebody last looked at the item.
  var withoutEffect: UInt32
  /// Requests of the person that wait for a decision of this office.
  var toDecide: UInt32

  init(_ item: ItemSummary) {
    id = ItemName.full(item.id)
    kind = item.kind?.word ?? ""
    category = item.category?.word ?? ""
    from = item.from
    to = item.to
    state = item.state?.word ?? ""
    urgency = item.urgency?.word ?? ""
    name = item.maskedName
    citizenId = item.maskedCitizenId
    submitted = CivilDate(yyyymmdd: item.submitted)?.description
    due = CivilDate(yyyymmdd: item.due)?.description
    feedbackRequired = item.feedbackRequired
    assignedTo = item.assignedTo.isEmpty ? nil : item.assignedTo
    finding = item.finding?.word
    cycle = item.cycle.isEmpty ? nil : item.cycle
    late = item.late
    canAnswer = item.canAnswer
    withoutEffect = item.withoutEffect
    toDecide = item.toDecide
  }
}
