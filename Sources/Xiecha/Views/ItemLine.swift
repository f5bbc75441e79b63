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

  init(_ item: ItemSummary) {
    id = ItemName.full(item.id)
    kind = ExchangeRules.ItemKind(rawValue: Int(item.kind.rawValue))?.word ?? ""
    category = ExchangeRules.Category(rawValue: Int(item.category.rawValue))?.word ?? ""
    from = item.from
    to = item.to
    state = ItemStage(rawValue: Int(item.state.rawValue))?.word ?? ""
    urgency = ExchangeRules.Urgency(rawValue: Int(item.urgency.rawValue))?.word ?? ""
    name = item.maskedName
    citizenId = item.maskedCitizenId
    submitted = CivilDate(yyyymmdd: item.submitted)?.description
    due = CivilDate(yyyymmdd: item.due)?.description
    feedbackRequired = item.feedbackRequired
    assignedTo = item.assignedTo.isEmpty ? nil : item.assignedTo
    finding = Words.findingWord(item.finding)
    cycle = item.cycle.isEmpty ? nil : item.cycle
    late = item.late
    canAnswer = item.canAnswer
  }
}
