package import ExchangeProtos
package import ExchangeRules
package import Presentation

/// A person of the register in a list: masked, with the words of the rules.
package enum PersonText {
  package static func columns(_ language: Language) -> [TextTable.Column] {
    [
      .init(language.word(.item), isWhole: true), .init(language.word(.name)),
      .init(language.word(.citizenID)), .init(language.word(.household)),
      .init(language.text("记录数", "records"), alignsRight: true, isWhole: true),
    ]
  }

  package static func cells(_ person: RegisteredPerson) -> [String] {
    [
      ItemName.short(person.id), person.maskedName, person.maskedCitizenId,
      DivisionText.short(person.household), String(person.recordCount),
    ]
  }

  package static func confirmation(_ state: String, _ language: Language) -> String {
    CaseConfirmation(rawValue: state)?.label[language] ?? state
  }

  /// A person for programs.
  package struct Line: Encodable {
    var id: String
    var name: String
    var citizenId: String
    var residence: String
    var household: String
    var records: UInt32
    var changed: String
    var confirmation: String

    package init(_ person: RegisteredPerson) {
      id = ItemName.full(person.id)
      name = person.maskedName
      citizenId = person.maskedCitizenId
      residence = person.residence
      household = person.household
      records = person.recordCount
      changed = ChinaTime.text(person.changed)
      confirmation = person.confirmation
    }
  }
}

extension CaseConfirmation {
  /// What an operator reads.
  package var label: BilingualText {
    switch self {
    case .notNeeded: BilingualText(chinese: "无须确认", english: "not needed")
    case .awaited: BilingualText(chinese: "信息未确认", english: "awaited")
    case .confirmed: BilingualText(chinese: "已确认", english: "confirmed")
    case .refused: BilingualText(chinese: "信息须再次确认", english: "refused")
    }
  }
}
