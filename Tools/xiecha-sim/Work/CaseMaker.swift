import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport

/// Synthetic items: an assist request about a woman who lives in one county and is registered in
/// another.
struct CaseMaker {
  /// A county and its townships that have nodes.
  struct Place {
    let county: String
    let townships: [String]
  }

  let places: [Place]

  /// A new item, entered at a place's county or one of its townships, for another county.
  func item(
    enteredAt office: String, at milliseconds: Int64, _ chance: inout SeededNumbers
  ) -> Item? {
    guard let own = places.first(where: { office.hasPrefix($0.county) }),
      let other = places.filter({ $0.county != own.county }).randomElement(using: &chance)
    else { return nil }
    var item = Item()
    item.id = LedgerID(version7At: milliseconds, using: &chance).bytes
    item.kind = .assistRequest
    item.category = .assist
    (item.from, item.to, item.enteredAt) = (own.county, other.county, office)
    let residence = own.townships.randomElement(using: &chance) ?? own.county
    let village = (other.townships.randomElement(using: &chance) ?? other.county) + "201"
    item.subject = subject(residence: residence, household: village, &chance)
    return item
  }

  private func subject(
    residence: String, household: String, _ chance: inout SeededNumbers
  ) -> Subject {
    let (year, month, day) = (
      Int.random(in: 1965...1990, using: &chance), Int.random(in: 1...12, using: &chance),
      Int.random(in: 1...28, using: &chance)
    )
    var subject = Subject()
    subject.name = "王样例"
    subject.birthDate = Int32(year * 10_000 + month * 100 + day)
    // The middle digit of the last three is even for a woman.
    let serial = Int.random(in: 10...99, using: &chance) * 10 + [0, 2, 4, 6, 8][day % 5]
    subject.citizenId = CaseMaker.number(
      "440726\(subject.birthDate)" + (serial < 100 ? "0\(serial)" : "\(serial)"))
    subject.sex = .female
    subject.residence = address(residence, "示例路1号")
    subject.household = address(household, "样例村2号")
    subject.certificate = .valid
    subject.contraception = .longActing
    subject.currentlyPregnant = Int.random(in: 0..<4, using: &chance) == 0
    return subject
  }

  /// The number with its check character (GB 11643).
  static func number(_ digits: String) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    return digits + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
  }

  private func address(_ code: String, _ text: String) -> Address {
    var address = Address()
    address.code = code
    address.text = text
    return address
  }
}
