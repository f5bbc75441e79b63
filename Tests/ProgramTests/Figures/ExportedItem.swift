import Foundation

/// A line of `simulate --export`, and what the figures are by the words of the requirements: counted
/// here a second time, with nothing of the program's own.
struct ExportedItem: Decodable {
  let id: String
  let kind: String
  let from: String
  let to: String
  let village: String
  let feedbackRequired: Bool
  let submitted: String
  let due: String
  let received: String?
  let answered: String?
  let finding: String?
  let substantiated: Bool

  static func all(in text: String) throws -> [ExportedItem] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(ExportedItem.self, from: Data($0.utf8))
    }
  }

  /// S5.2: the 21st of the month before through the 20th.
  var cycle: String {
    let parts = submitted.split(separator: "-").compactMap { Int($0) }
    var (year, month) = (parts[0], parts[1])
    if parts[2] > 20 { (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1) }
    return "\(year)-" + (month < 10 ? "0" : "") + "\(month)"
  }

  /// The division of a level that a code lies in; nil: the code says less.
  private static func division(_ code: String, _ level: String) -> String? {
    let digits = ["province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12]
    let count = digits[level] ?? 0
    guard code.count >= count else { return nil }
    return code.prefix(count) + String(repeating: "0", count: max(0, 6 - count))
  }

  /// Every figure of every division of a level whose code begins with some digits, with its items;
  /// days as text are in the order of time.
  static func figures(
    of items: [ExportedItem], cycle: String, level: String, within digits: String, asOf: String
  ) -> [String: [String: [String]]] {
    var figures: [String: [String: [String]]] = [:]
    let closing = cycle + "-27"
    for item in items where item.cycle == cycle && item.submitted <= asOf {
      func count(_ division: String, _ figure: String) {
        figures[division, default: [:]][figure, default: []].append(item.id)
      }
      if let asking = division(item.from, level), item.from.hasPrefix(digits) {
        count(asking, "submitted")
      }
      let place = ["township", "village"].contains(level) ? item.village : item.to
      guard let asked = division(place, level), place.hasPrefix(digits) else { continue }
      let answered = item.answered.flatMap { $0 <= asOf ? $0 : nil }
      count(asked, "asked")
      if item.kind == "assistRequest" {
        count(asked, "queries")
        if let answered, answered <= closing { count(asked, "queriesFedBack") }
      }
      if let received = item.received, received <= min(closing, asOf) {
        count(asked, "receivedInCycle")
      }
      guard item.feedbackRequired else { continue }
      count(asked, "feedbackRequired")
      guard let answered else {
        count(asked, item.due < asOf ? "neverDone" : "open")
        continue
      }
      if answered <= closing { count(asked, "fedBackInCycle") }
      count(asked, answered <= item.due ? "inTime" : "lateDone")
      if item.finding == "notFound" { count(asked, "notFound") }
      if item.substantiated { count(asked, "substantiated") }
    }
    return figures
  }
}
