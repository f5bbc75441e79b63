import Ledger
import TestSupport
import Testing

@Suite("The register keeps every version (S12.1, S12.3)") struct RegisterTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 70)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("Each change is a version with who, when and where from; the last one counts")
  func versions() async throws {
    let record = made.id()
    let item = made.id()
    let first = version(of: record, "k", body: [1])
    var second = version(of: record, "k", at: 20, body: [2])
    second.sourceItem = item
    second.note = "answer"
    let changed = second
    let outcomes = try await ledger.commit { transaction in
      [
        try transaction.keep(first), try transaction.keep(first), try transaction.keep(changed),
      ]
    }
    #expect(outcomes == [.new, .known, .new])
    var kept = [first, second]
    kept[0].version = 1
    kept[1].version = 2
    let expected = kept
    #expect(try await ledger.read { try $0.history(of: record) } == expected)
    #expect(try await ledger.read { try $0.record(record) } == expected[1])
    #expect(try await ledger.read { try $0.records(of: "k") } == [expected[1]])
  }

  @Test("A change over a version that somebody else replaced is a conflict")
  func conflicts() async throws {
    let record = made.id()
    let bodies = (0..<4).map { version(of: record, "k", body: [UInt8($0)]) }
    let stranger = version(of: record, "other", body: [9])
    let outcomes = try await ledger.commit { transaction in
      [
        try transaction.keep(bodies[0], over: 0), try transaction.keep(bodies[1], over: 1),
        try transaction.keep(bodies[2], over: 1), try transaction.keep(bodies[3], over: 2),
        try transaction.keep(stranger),
      ]
    }
    #expect(outcomes == [.new, .new, .conflict, .new, .conflict])
    #expect(
      try await ledger.read { try $0.history(of: record) }.map(\.body) == [[0], [1], [3]])
  }

  @Test("A record never made cannot be changed, and leaves nothing")
  func neverMade() async throws {
    let record = made.id()
    let new = version(of: record, "k", body: [1])
    #expect(try await ledger.commit { try $0.keep(new, over: 3) } == .conflict)
    #expect(try await ledger.commit { try $0.keep(new) } == .new)
    #expect(try await ledger.read { try $0.history(of: record) }.map(\.version) == [1])
  }

  @Test("A withdrawn record is out of sight and not lost")
  func withdrawal() async throws {
    let record = made.id()
    let first = version(of: record, "k", body: [1])
    var last = first
    last.isWithdrawn = true
    let withdrawn = last
    try await ledger.commit { transaction in
      _ = try transaction.keep(first)
      _ = try transaction.keep(withdrawn)
    }
    #expect(try await ledger.read { try $0.records(of: "k") } == [])
    let all = try await ledger.read { try $0.records(of: "k", includingWithdrawn: true) }
    #expect(all.map(\.version) == [2])
    #expect(try await ledger.read { try $0.history(of: record) }.map(\.body) == [[1], [1]])
  }

  @Test("Merged duplicates show as one person, from each of her keys, and can be parted again")
  func merges() async throws {
    let keys = ["a", "b", "c", "d"]
    let records = keys.enumerated().map { place, key in
      version(of: made.id(), key, category: place + 1, body: [UInt8(place)])
    }
    let numbers = try await ledger.commit { transaction -> [Int64] in
      for record in records { _ = try transaction.keep(record) }
      return [
        try transaction.merge("b", into: "a", at: 1, by: Made.operatorA, reason: "same number"),
        try transaction.merge("c", into: "b", at: 2, by: Made.operatorA, reason: "15/18 digits"),
      ]
    }
    for key in ["a", "b", "c"] {
      #expect(try await ledger.read { try $0.subjectKeys(of: key) } == ["a", "b", "c"])
      #expect(try await ledger.read { try $0.records(of: key) }.map(\.category) == [1, 2, 3])
      #expect(try await ledger.read { try $0.leadingKey(of: key) } == "a")
    }
    #expect(try await ledger.read { try $0.records(of: "b", category: 2) }.map(\.body) == [[1]])
    #expect(try await ledger.read { try $0.subjectKeys(of: "d") } == ["d"])

    try await ledger.commit { try $0.undoMerge(numbers[0], at: 3, by: Made.operatorA) }
    #expect(try await ledger.read { try $0.subjectKeys(of: "a") } == ["a"])
    #expect(try await ledger.read { try $0.subjectKeys(of: "b") } == ["b", "c"])
    #expect(try await ledger.read { try $0.leadingKey(of: "c") } == "b")
    let story = try await ledger.read { try $0.merges(of: "b") }
    #expect(story.map(\.number) == numbers)
    #expect(story.map(\.undone) == [3, 0])
    #expect(story.map(\.undoneBy) == ["wang", ""])
    // Parted again means that it may be merged with somebody else.
    try await ledger.commit {
      try $0.merge("b", into: "d", at: 4, by: Made.operatorA, reason: "same name and village")
    }
    #expect(try await ledger.read { try $0.subjectKeys(of: "c") } == ["b", "c", "d"])
  }

  @Test(
    "A merge that says nothing new, or turns in a circle, is refused",
    arguments: [
      ("b", "c", LedgerFailure.Reason.exists), ("a", "b", .invalid), ("b", "a", .invalid),
      ("a", "a", .invalid), ("", "a", .invalid), ("a", "", .invalid),
    ])
  func refusedMerges(merged: String, key: String, reason: LedgerFailure.Reason) async throws {
    try await ledger.commit {
      try $0.merge("b", into: "a", at: 1, by: Made.operatorA, reason: "same number")
    }
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit {
        try $0.merge(merged, into: key, at: 2, by: Made.operatorA, reason: "again")
      }
    }
    #expect(failure?.reason == reason)
    let twice = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.undoMerge(99, at: 3, by: Made.operatorA) }
    }
    #expect(twice?.reason == .unknown)
  }

  private func version(
    of record: LedgerID, _ key: String, category: Int = 3, at time: Int64 = 10, body: [UInt8]
  ) -> RecordVersion {
    RecordVersion(
      record: record, subjectKey: key, category: category, at: time, actor: Made.operatorA,
      body: body)
  }
}
