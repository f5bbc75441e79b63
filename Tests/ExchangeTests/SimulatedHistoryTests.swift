import ExchangeProtos
import ExchangeRules
import Ledger
import ReferenceData
import TestSupport
import Testing

@testable import Exchange

@Suite("What is simulated is what the exchange would have made", .timeLimit(.minutes(30)))
struct SimulatedHistoryTests {
  @Test("Each event counts by the rules, and folding them gives the columns that were written")
  func folded() async throws {
    let folder = try TemporaryFolder()
    let run = try await ProgramRun(
      ProgramRun.built("xiecha-simulate"),
      ["--seed", "11", "--items", "400", "--counties", "3", "--out", "."], in: folder.path)
    try #require(run.exit == 0, "\(run.error)")
    let province = try #require(DivisionCode("440000"))
    let identity = try #require(
      NodeIdentity(kind: .province, division: province, name: "广东省", profile: .provincial2009))
    let ledger = try Ledger(path: folder.file("440000.sqlite"))
    var states: Set<ItemState> = []
    for try await page in ledger.pages(of: ItemQuery(.all)) {
      for listed in page {
        states.insert(listed.item.state)
        try await check(listed.item, at: identity, in: ledger)
      }
    }
    #expect(states == [.delivered, .assigned, .answered, .closed])
    #expect(try await ledger.damage() == [])
    try ledger.close()
  }

  /// Folds an item's events anew by the exchange's own code.
  private func check(
    _ item: StoredItem, at identity: NodeIdentity, in ledger: Ledger
  ) async throws {
    let (remarks, folded) = try await ledger.read { ledger in
      let folding = EventFolding(identity: identity, calendar: .national, register: .national)
      let dossier = ItemDossier(item.id, in: ledger)
      let events = try dossier.events()
      let remarks = try folding.remarks(on: item, events, dossier)
      // Without heads the whole history is folded, from the entry on.
      var bare = item
      bare.heads = []
      guard let last = events.last else { return (remarks, nil as StoredItem?) }
      let event = DetailedEvent(last, try last.message().detail)
      return (remarks, try folding.fold(event, into: bare, dossier).item)
    }
    #expect(remarks.isEmpty, "\(item.id)")
    var expected = item
    // The entry's time is written with the item, and no event's fold changes it.
    expected.times.entered = folded?.times.entered ?? 0
    #expect(folded == expected, "\(item.id)")
  }
}
