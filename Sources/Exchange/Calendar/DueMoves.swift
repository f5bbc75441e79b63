internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

extension DueChange {
  /// Receipt started a clock (S4.3).
  static let received = "received"
  /// The calendar was changed (S4.5).
  static let calendar = "calendar"

  /// The move as an operator is told of it.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  func message() throws(MessageRefusal) -> DueMove {
    var message = try DueMove(decoding: deadlines)
    message.at = at
    message.before = old
    message.after = new
    return message
  }
}

extension LedgerTransaction {
  /// Moves an item's due date to that of a ruling, and keeps the deadlines that explain it.
  ///
  /// Returns false when it is that date already.
  @discardableResult
  func moveDue(of item: LedgerID, to ruling: ItemRuling, at time: Int64, reason: String) throws
    -> Bool
  {
    var move = DueMove()
    move.reason = reason
    move.deadlines = ruling.deadlines.map(\.message)
    return try moveDue(
      of: item, to: ruling.due.yyyymmdd, deadlines: move.encoded(), at: time, reason: reason)
  }
}
