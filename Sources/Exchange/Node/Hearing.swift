internal import ExchangeRules
internal import Ledger
internal import Wire

extension EventBook {
  /// Refuses what an operator does to an item while this store, which was put back from a copy, waits
  /// for a neighbour that may know more of the item: the same may have been done already, otherwise.
  ///
  /// The node above knows of every item. A node below knows of those that were entered there or given
  /// to it; that it was given one since the copy, the node above has told.
  func checkHeard(of event: StoredEvent, in ledger: LedgerReader) throws {
    let awaited = try ledger.awaited().compactMap { DivisionCode($0) }
    if awaited.isEmpty { return }
    let knowing: DivisionCode?
    if let above = awaited.first(where: distribution.uplinks.contains) {
      knowing = above
    } else if let item = try ledger.item(event.item) {
      knowing = awaited.first { distribution.concerns($0, item) }
    } else {
      knowing = DivisionCode(event.actor.division).flatMap { actor in
        awaited.first { $0.contains(actor) }
      }
    }
    guard let knowing else { return }
    throw CallFailure(
      .failedPrecondition, .catchingUp, field: "id",
      """
      本节点刚由备份恢复，正等待 \(knowing) 补送信息，补齐前不能办理；管理员可用 xiecha-admin go-on 放行 / \
      this node was put back from a backup and waits for what \(knowing) holds; nothing can be done to \
      this item until then, or until an administrator lets it go on with xiecha-admin go-on
      """)
  }
}
