import ExchangeProtos
import ExchangeRules
import Operator

/// A page of a list, and where the next begins.
struct ListedItems: Sendable {
  var items: [ItemSummary]
  /// The cursor of the last item; empty where the list ends here.
  var next: [UInt8]
}

/// A place in a list, as it stands in an address.
enum ListPlace {
  static func text(_ cursor: [UInt8]) -> String {
    cursor.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// The cursor; empty, which is the start, where the text is none.
  static func read(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8.prefix(128)).compactMap { Character(.init($0)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return [] }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}

extension NodeSession {
  /// A page of a box.
  func page(
    _ box: Box, state: ItemState? = nil, after: [UInt8]
  ) async throws -> ListedItems {
    var request = ListRequest()
    request.box = box
    request.state = state
    request.after = after
    request.limit = UInt32(DeskLimits.itemsOnPage)
    let replies = try await all(Items.list, request)
    let isFull = replies.count >= DeskLimits.itemsOnPage
    return ListedItems(
      items: replies.compactMap(\.item), next: isFull ? replies.last?.cursor ?? [] : [])
  }

  /// The letters of all kinds that wait for one's own office.
  func allLettersWaiting() async throws -> [LetterSummary] {
    var letters: [LetterSummary] = []
    for kind in LetterKind.allCases { letters += try await lettersWaiting(kind) }
    return letters
  }
}
