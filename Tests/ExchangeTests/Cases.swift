import ExchangeProtos
import ExchangeRules
import Ledger

/// Synthetic items of a woman who lives in the first county and is registered in the second.
enum Cases {
  /// Her citizen ID number, a synthetic one.
  static let number = "440726198506153427"

  static func assistRequest(
    number: UInt64 = 1, pregnant: Bool = false,
    from entry: String = TestNetwork.residenceTowns[0],
    village: String = TestNetwork.householdTowns[0] + "201"
  ) -> Item {
    var item = Item()
    item.id = identity(number)
    item.kind = .assistRequest
    item.category = .assist
    item.from = TestNetwork.residence
    item.to = TestNetwork.household
    item.enteredAt = entry
    item.subject = subject(pregnant: pregnant, village: village)
    return item
  }

  static func notice(_ category: Category, number: UInt64) -> Item {
    var item = assistRequest(number: number)
    item.kind = .serviceNotice
    item.category = category
    item.record = record(of: category)
    return item
  }

  /// The least that a record of the category says: its mandatory fields, before the test's day.
  static func record(of category: Category) -> Record? {
    guard var message = Record.messageType(category: Int(category.rawValue))?.init() else {
      return nil
    }
    for field in type(of: message).fields where field.isRequired {
      switch field.kind {
      case .date: _ = message.set(.date(2009_06_01), of: field.name)
      case .code:
        _ = message.set(.code(field.table == "sex" ? "2" : "001"), of: field.name)
      default: _ = message.set(.text("样例"), of: field.name)
      }
    }
    return message.record
  }

  static func identity(_ number: UInt64) -> [UInt8] {
    [0x01, 0x21, 0xea, 0x5d, 0x60, 0, 0x70, 0, 0x80, 0, 0, 0]
      + withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }
  }

  static func ledgerID(_ item: Item) -> LedgerID {
    LedgerID(item.id) ?? LedgerID(version7At: 0)
  }

  private static func subject(pregnant: Bool, village: String) -> Subject {
    var subject = Subject()
    subject.name = "王样例"
    subject.citizenId = number
    subject.birthDate = 1985_06_15
    subject.sex = .female
    subject.residence = address(TestNetwork.residenceTowns[0], "示例路1号")
    subject.household = address(village, "样例村2号")
    subject.currentlyPregnant = pregnant
    subject.certificate = .valid
    subject.contraception = .longActing
    return subject
  }

  private static func address(_ code: String, _ text: String) -> Address {
    var address = Address()
    address.code = code
    address.text = text
    return address
  }
}
