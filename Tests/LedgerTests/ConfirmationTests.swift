import Ledger
import TestSupport
import Testing

@Suite("Persons of the register, and the confirmation of their cases (S7.1, S12.3)")
struct ConfirmationTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 71)
  let actor = LedgerActor(account: "wang", role: "countyOperator", division: "441702")

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  private func card(_ key: String, category: Int = PersonCard.category) -> RecordVersion {
    RecordVersion(
      record: made.id(), subjectKey: key, category: category, at: 10, actor: actor,
      body: Array(key.utf8))
  }

  @Test("Persons are paged in the order in which they came, without their records")
  func persons() async throws {
    let cards = ["c", "a", "b"].map { card($0) }
    let record = card("a", category: 9)
    try await ledger.commit { ledger in
      for version in cards + [record] { _ = try ledger.keep(version) }
    }
    let first = try await ledger.read { try $0.persons(limit: 2) }
    let last = try #require(first.last)
    let rest = try await ledger.read { try $0.persons(after: last.place, limit: 2) }
    #expect((first + rest).map(\.card.subjectKey) == ["c", "a", "b"])
    #expect(try await ledger.read { try $0.card(under: "a") }?.record == cards[1].record)
    #expect(try await ledger.read { try $0.card(under: "d") } == nil)
  }

  @Test("Every step is kept, with who and when, and follows a merge")
  func steps() async throws {
    let (item, actor) = (made.id(), actor)
    let steps = [("k", "awaited", 10), ("k", "refused", 20), ("j", "confirmed", 30)].map {
      StoredConfirmation(
        subjectKey: $0.0, state: $0.1, at: Int64($0.2), actor: actor, item: item, note: "x")
    }
    try await ledger.commit { ledger in for step in steps { try ledger.add(step) } }
    #expect(try await ledger.read { try $0.confirmations(of: "k") } == Array(steps.prefix(2)))
    let number = try await ledger.commit {
      try $0.merge("j", into: "k", at: 40, by: actor, reason: "same")
    }
    #expect(try await ledger.read { try $0.confirmations(of: "k") } == steps)
    try await ledger.commit { try $0.undoMerge(number, at: 50, by: actor) }
    #expect(try await ledger.read { try $0.confirmations(of: "j") } == [steps[2]])
  }
}
