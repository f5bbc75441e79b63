internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

extension StoredItem {
  /// The columns of an item that is entered, as a node keeps them.
  init(
    entering message: Item, of id: LedgerID, _ kind: ItemKind, _ category: Category,
    at identity: NodeIdentity
  ) throws(CallFailure) {
    if let other = message.record?.category, other != category.rawValue {
      throw CallFailure(
        .invalidArgument, .otherCategory, field: "item.record",
        "记录的类别与信息的类别不同 / the record is of another category than the item")
    }
    self.init(
      id: id, kind: kind, category: category, from: message.from, to: message.to,
      enteredAt: message.enteredAt)
    let here = "\(identity.division)"
    outbound = from == here || identity.covers(enteredAt)
    inbound = to == here
    occurred = message.occurred
    askedAt = message.askedPlace
    maskedName = Masking.name(message.subject?.name ?? "")
    maskedCitizenID = Masking.citizenID(message.subject?.citizenId ?? "")
    subjectKey = CitizenIDReport.spelling(message.subject?.citizenId ?? "")
  }
}
