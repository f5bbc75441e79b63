import ExchangeRules
import TestSupport

extension CountedItem {
  /// An assist request of 宝安区 to 江城区, whose address lies in a village of 闸坡镇.
  static func query(submitted: CivilDate, due: CivilDate) -> CountedItem {
    CountedItem(
      kind: .assistRequest, from: "440306", to: "441702", enteredAt: "440306018",
      askedAt: "441702105201", assignedTo: "", feedbackRequired: true, submitted: submitted,
      due: due)
  }

  /// Any item between some counties of two provinces, at any point of its life, with clocks that
  /// went wrong among them.
  static func random(using numbers: inout SeededNumbers) -> CountedItem {
    let counties = ["440306", "440305", "441702", "441900", "469001", "510104"]
    let from = counties.randomElement(using: &numbers) ?? ""
    let to = counties.randomElement(using: &numbers) ?? ""
    func place(in county: String) -> String {
      ["", county, county + "001", county + "002", county + "001201", "999999001"]
        .randomElement(using: &numbers) ?? ""
    }
    let first = 20_370
    let submitted = CivilDate(dayNumber: first + Int.random(in: 0...70, using: &numbers))
    let isQuery = Bool.random(using: &numbers)
    var item = CountedItem(
      kind: isQuery ? .assistRequest : .serviceNotice, from: from, to: to,
      enteredAt: place(in: from), askedAt: place(in: to), assignedTo: place(in: to),
      feedbackRequired: isQuery || Bool.random(using: &numbers), submitted: submitted,
      due: submitted.adding(days: [-3, 15, 30].randomElement(using: &numbers) ?? 0))
    if Int.random(in: 0..<4, using: &numbers) > 0 {
      item.received = submitted.adding(days: Int.random(in: -2...40, using: &numbers))
    }
    if Int.random(in: 0..<4, using: &numbers) > 1 {
      item.answered = submitted.adding(days: Int.random(in: -2...60, using: &numbers))
      item.finding = Finding.allCases.randomElement(using: &numbers)
      item.substantiated = Bool.random(using: &numbers)
    }
    return item
  }
}
