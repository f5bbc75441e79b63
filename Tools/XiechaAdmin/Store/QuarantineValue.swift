import Ledger

/// Something that was not taken, as programs see it; its content is not shown.
struct QuarantineValue: Encodable {
  var which: String
  var at: String
  var peer: String
  var sequence: UInt64
  var event: String
  var item: String
  var reason: String
  var field: String
  var text: String
  /// When it was put away; empty: it is tried again.
  var dismissed: String
  var dismissedBy: String
  var dismissedWhy: String

  init(_ event: QuarantinedEvent) {
    which = "\(event.peer):\(event.cursor.sequence)"
    at = TimeText.text(event.at)
    peer = event.peer
    sequence = event.cursor.sequence
    self.event = event.event.map { "\($0)" } ?? ""
    item = event.item.map { "\($0)" } ?? ""
    reason = event.reason
    field = event.field
    text = event.text
    dismissed = TimeText.text(event.dismissal.at)
    dismissedBy = event.dismissal.by
    dismissedWhy = event.dismissal.reason
  }
}
