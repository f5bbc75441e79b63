internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Which office's work somebody asks about: a county's or that of one below it.
struct OfficeQuestion {
  /// The cycle, the division and the day.
  let figures: FigureQuestion
  /// The county that the office is, or belongs to.
  let county: DivisionCode

  /// A question; an empty division is the caller's own, an absent day is today.
  ///
  /// - Throws: As a question for figures does; `invalid` above the county.
  init(
    cycle: String, of division: String, asOf day: Int32 = 0, by context: CallContext, at node: Node
  ) throws(CallFailure) {
    figures = try FigureQuestion(cycle: cycle, of: division, asOf: day, by: context, at: node)
    guard let county = figures.of.county else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "of",
        "请指定一个县（市、区）或其下的单位 / name a county, or a division below one")
    }
    self.county = county
  }

  /// The items of the county in the cycle on one side, that are within the office's place.
  ///
  /// - Parameters:
  ///   - side: What it asked, or what was asked of it.
  ///   - ledger: Where they are.
  ///   - body: Is given each item with what the figures look at of it.
  /// - Throws: What is wrong with the ledger, and what `body` throws.
  func forEachItem(
    _ side: CountedSide, in ledger: LedgerReader, _ body: (StoredItem, CountedItem) throws -> Void
  ) throws {
    var place: CountedPlace? = .start
    while let after = place {
      let page = try ledger.countedItems(of: county, side, in: figures.cycle, after: after)
      for item in page.items {
        guard let counted = item.counted else { continue }
        let isWithin = figures.covers(side == .asking ? counted.askingPlace : counted.askedPlace)
        if isWithin { try body(item, counted) }
      }
      place = page.next
    }
  }
}
