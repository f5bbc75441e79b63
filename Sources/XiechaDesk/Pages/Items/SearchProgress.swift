import ExchangeProtos
import ExchangeRules

/// How far the search has come (S6.4).
enum SearchProgress {
  /// The steps of an item, in their order.
  static func steps(of events: [ItemEvent]) -> [ExchangeProtos.SearchStep] {
    events.compactMap { event in
      if case .searched(let step) = event.detail { step } else { nil }
    }
  }

  /// Where to search next: the first place in order that was not searched; then S6.5's others.
  static func next(after steps: [ExchangeProtos.SearchStep]) -> SearchSource {
    SearchSource.householdOrder.first { source in !steps.contains { $0.source == source } }
      ?? .health
  }
}
