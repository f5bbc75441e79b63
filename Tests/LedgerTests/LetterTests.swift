import ExchangeRules
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

@Suite("Letters and their steps (S10.4)") struct LetterTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  private static let county = LedgerActor(
    account: "node:441702", role: "countyNode", division: "441702")
  private static let town = LedgerActor(
    account: "operator", role: "townshipOperator", division: "441702102")

  private func letter(period: Int32 = 2026_11_27) -> StoredLetter {
    StoredLetter(
      kind: .dunning, issuer: "441702", addressee: "441702102", peer: "441702102", period: period,
      part: 1, lines: 1, issued: 1)
  }

  private func issued(_ letter: StoredLetter, body: [UInt8] = [1]) -> StoredLetterEvent {
    StoredLetterEvent(letter: letter.id, step: .issued, at: 1, actor: Self.county, body: body)
  }

  private func keep(_ letter: StoredLetter, body: [UInt8] = [1]) async throws -> InsertOutcome {
    let event = issued(letter, body: body)
    return try await ledger.commit { try $0.insert(letter, issued: event, from: .here, at: 1) }
  }

  @Test("One letter of a kind, period and part: the same is known, another is a conflict")
  func once() async throws {
    #expect(try await keep(letter()) == .new)
    #expect(try await keep(letter()) == .known)
    #expect(try await keep(letter(), body: [2]) == .conflict)
    #expect(try await keep(letter(period: 2026_12_04)) == .new)
    let found = try await ledger.read { ledger in
      (
        try ledger.letters(.dunning, of: 2026_11_27, within: "441702").map(\.period),
        try ledger.letters(.dunning, of: 2026_11_27, within: "441703").count,
        try ledger.lastLetterPeriod(.dunning), try ledger.lastLetterPeriod(.roster)
      )
    }
    #expect(found == ([2026_11_27], 0, 2026_12_04, 0))
  }

  @Test("Each step happens once, the first that is told; what was acknowledged waits no longer")
  func steps() async throws {
    let letter = letter()
    _ = try await keep(letter)
    #expect(try await ledger.read { try $0.lettersWaiting(.dunning, for: "441702102").count } == 1)
    for (note, outcome) in [("first", InsertOutcome.new), ("second", .known)] {
      let event = StoredLetterEvent(
        letter: letter.id, step: .acknowledged, at: 5, actor: Self.town, note: note)
      #expect(try await ledger.commit { try $0.insert(event, from: .here, at: 5) } == outcome)
    }
    let (kept, waiting, events) = try await ledger.read { ledger in
      (
        try ledger.letter(letter.id), try ledger.lettersWaiting(.dunning, for: "441702102"),
        try ledger.events(ofLetter: letter.id)
      )
    }
    #expect(kept?.acknowledged == 5 && waiting.isEmpty)
    #expect(events.map(\.step) == [.issued, .acknowledged] && events.last?.note == "first")
    let stray = StoredLetterEvent(letter: .blank, step: .delivered, at: 5, actor: Self.town)
    await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.insert(stray, from: .here, at: 5) }
    }
  }

  @Test("A peer is told what it has not, and its own back only up to when its link opened")
  func parcels() async throws {
    let letter = letter()
    _ = try await keep(letter)
    let delivered = StoredLetterEvent(letter: letter.id, step: .delivered, at: 2, actor: Self.town)
    _ = try await ledger.commit { try $0.insert(delivered, from: .elsewhere, at: 2) }
    func told(after: UInt64, back: UInt64) async throws -> [LetterStep] {
      try await ledger.read {
        try $0.letters(for: "441702102", after: after, tellingBackThrough: back, limit: 16)
          .parcels.map(\.event.step)
      }
    }
    #expect(try await told(after: 0, back: 0) == [.issued])
    #expect(try await told(after: 0, back: 2) == [.issued, .delivered])
    #expect(try await told(after: 1, back: 0).isEmpty)
    #expect(try await ledger.read { try $0.lastLetterStep() } == 2)
    let digest = issued(letter).digest.bytes
    let given = try await ledger.read {
      (
        try $0.hasGivenOut(letter: 1, digest), try $0.hasGivenOut(letter: 2, digest),
        try $0.hasGivenOut(letter: 3, digest)
      )
    }
    // What another store has given out under the number is another past.
    #expect(given == (true, false, false))
  }

  @Test("The log has every step; one that was changed behind the program's back shows")
  func log() async throws {
    _ = try await keep(letter())
    let intact = try await ledger.read {
      try $0.verifyLog(isSigned: { _ in true }, isSealed: { _ in true })
    }
    guard case .intact(let summary) = intact else {
      Issue.record("\(intact)")
      return
    }
    #expect(summary.entries == 1)
    try ledger.close()
    try folder.intrude("DROP TRIGGER letter_event_is_final; UPDATE letter_event SET note = 'x'")
    let changed = try Ledger(path: folder.ledger)
    #expect(
      try await changed.read { try $0.verifyLog(isSigned: { _ in true }, isSealed: { _ in true }) }
        == .broken(page: 1, entry: 0, .entry))
    try changed.close()
  }

  @Test("No question about letters, spot checks, flows and counted items looks through what grows")
  func plans() throws {
    try ledger.close()
    try Ledger(path: folder.file("plans.sqlite")).close()
    let file = try DatabaseQueue(path: folder.file("plans.sqlite"))
    let asked: [LedgerStatement] =
      [
        .letter, .letters, .lettersWaiting, .letterEvents, .lettersForPeer, .lastLetterStep,
        .lastLetterPeriod, .letterStep, .letterInbox, .loggedLetters, .spotCheck, .flowReleases,
        .flowReleaseBefore, .capacities,
      ] + CountedSide.allCases.map { LedgerStatement.countedItems[$0] }
    try file.read { file in
      for statement in asked {
        let explained = try file.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement.text)
        let count = statement.text.count { $0 == "?" }
        explained.setUncheckedArguments(StatementArguments(repeatElement(1 as Int?, count: count)))
        for step in try Row.fetchAll(explained).map({ $0["detail"] as String }) {
          #expect(
            !step.hasPrefix("SCAN") && !step.contains("TEMP B-TREE"), "\(statement.name): \(step)")
        }
      }
    }
  }
}
