internal import CaseFile
internal import ExchangeProtos
internal import ExchangeRules

/// The item that a row of a case file becomes.
enum ItemDraft {
  /// The item, entered at a node; `enteredAt` is its division.
  static func item(from row: CaseRow, enteredAt: String) -> Item {
    var item = Item()
    item.id = row.id
    item.kind = row.kind
    item.category = row.category
    item.from = row.from.description
    item.to = row.to.description
    item.enteredAt = enteredAt
    item.subject = subject(from: row)
    item.record = record(from: row)
    item.occurred = row.occurred?.yyyymmdd ?? 0
    item.remark = row.remark
    return item
  }

  private static func subject(from row: CaseRow) -> Subject {
    let facts = row.facts
    var subject = Subject()
    subject.name = row.name
    subject.citizenId = row.citizenID
    subject.noCitizenIdReason = row.noCitizenIDReason
    subject.birthDate = facts.birthDate?.yyyymmdd ?? 0
    subject.sex = facts.sex
    subject.residence = address(row.residence)
    subject.household = address(row.household)
    subject.currentlyPregnant = facts.currentlyPregnant
    subject.lastBirth = facts.lastBirth?.yyyymmdd ?? 0
    subject.certificate = facts.certificate
    subject.contraception = facts.contraception
    subject.telephone = row.telephone
    return subject
  }

  private static func address(_ address: CaseAddress) -> Address {
    var message = Address()
    message.code = address.code.description
    message.text = address.text
    return message
  }

  /// The typed record of the category.
  ///
  /// An assist request's question stands in fields of every case.
  private static func record(from row: CaseRow) -> Record? {
    guard var message = Record.messageType(category: row.category.rawValue)?.init() else {
      return nil
    }
    if row.category == .assist {
      if !row.checkItems.isEmpty {
        let numbers = row.checkItems.map { UInt32($0.rawValue) }
        _ = message.set(.numbers(numbers), of: "checkItems")
      }
      if !row.question.isEmpty { _ = message.set(.text(row.question), of: "question") }
      return message.record
    }
    for (name, value) in row.record { _ = message.set(value, of: name) }
    return row.record.isEmpty ? nil : message.record
  }
}
