import ExchangeProtos
import Hummingbird
import Operator
import Presentation

/// What is missing in the register or contradicts, and who has no number (S12.2, S12.3).
struct QualityPage {
  let visit: Visit

  func page() async throws -> Response {
    async let defects = visit.node.all(Records.defects, ReviewRequest())
    async let numberless = visit.node.all(Records.withoutNumber, ReviewRequest())
    let view = QualityView(defects: try await defects, numberless: try await numberless)
    return visit.page(
      visit.text("资料问题", "Defects"),
      [PersonsPage.tabs(visit, shown: "/persons/quality")]
        + PageMarkup.sections(of: view.page(in: visit.language)))
  }
}
