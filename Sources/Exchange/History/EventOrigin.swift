internal import ExchangeRules
internal import Ledger

/// Where an event comes from that is to be written here.
enum EventOrigin: Equatable {
  /// This node: one of its operators acts, or it acts by itself.
  case here
  /// A neighbour tells of it.
  case neighbour(DivisionCode)

  /// As the ledger's log has it.
  var source: EventSource { self == .here ? .here : .elsewhere }

  /// The neighbour, as its outbox is named; nil for what happens here.
  var peer: String? {
    switch self {
    case .here: nil
    case .neighbour(let division): "\(division)"
    }
  }
}
