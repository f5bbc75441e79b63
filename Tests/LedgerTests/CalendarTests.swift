import ExchangeRules
import Ledger
import TestSupport
import Testing

@Suite("A change of calendar and the items it moves (S4.5)") struct CalendarTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 80)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("An imported year replaces that year and leaves the others")
  func importing() async throws {
    #expect(try await ledger.read { try $0.calendarDays() } == [])
    let first = [
      day(20_261_001, "国庆节"), day(20_261_010, "国庆节", type: "workday_makeup"),
      day(20_270_101, "元旦"),
    ]
    try await ledger.commit { try $0.importCalendar(first, at: 1) }
    #expect(try await ledger.read { try $0.calendarDays() } == first)
    let second = [day(20_270_102, "元旦", isInLieu: true), day(20_270_103, "元旦")]
    try await ledger.commit { try $0.importCalendar(second, at: 2) }
    #expect(
      try await ledger.read { try $0.calendarDays() } == Array(first.prefix(2)) + second)
  }

  @Test("The open items come with their submission, and only they")
  func openItems() async throws {
    var open: [LedgerID] = []
    for state in ItemState.allCases {
      let (item, entered) = made.item {
        $0.state = state
        $0.feedbackRequired = true
        $0.due = 20_090_720
      }
      let submitted = made.event(of: item.id, .submitted, body: [UInt8(state.rawValue)])
      try await ledger.commit { transaction in
        _ = try transaction.insert(item, entered: entered)
        if state != .relayed { _ = try transaction.insert(submitted) }
      }
      if item.need != .nothing { open.append(item.id) }
    }
    let found = try await ledger.read { try $0.openItems() }
    #expect(found.map(\.item.id) == open)
    #expect(found.map(\.submission) == [[2], nil, [4], [5], [6]])
    let behind = found[1].place
    let page = try await ledger.read { try $0.openItems(after: behind, limit: 2) }
    #expect(page == Array(found[2...3]))
  }

  @Test("A moved due date keeps the old one, and one that stays is not noted")
  func moving() async throws {
    let (item, entered) = made.item {
      $0.state = .submitted
      $0.due = 20_090_720
    }
    let moves = try await ledger.commit { transaction -> [Bool] in
      _ = try transaction.insert(item, entered: entered)
      return try [20_090_722, 20_090_722, 20_090_721].map { due in
        try transaction.moveDue(
          of: item.id, to: due, deadlines: [7], at: Int64(due), reason: "calendar of 2009")
      }
    }
    #expect(moves == [true, false, true])
    #expect(try await ledger.read { try $0.item(item.id) }?.due == 20_090_721)
    let changes = try await ledger.read { try $0.dueChanges(of: item.id) }
    #expect(changes.map(\.old) == [20_090_720, 20_090_722])
    #expect(changes.map(\.new) == [20_090_722, 20_090_721])
    #expect(changes.allSatisfy { $0.item == item.id && $0.reason == "calendar of 2009" })
    #expect(changes.map(\.deadlines) == [[7], [7]])
    let since = try await ledger.read { try $0.dueChanges(since: 20_090_722) }
    #expect(since == [changes[0]])
    let stranger = made.id()
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit {
        try $0.moveDue(of: stranger, to: 20_090_701, deadlines: [], at: 1, reason: "")
      }
    }
    #expect(failure?.reason == .unknownItem)
  }

  private func day(
    _ day: Int32, _ name: String, type: String = "holiday", isInLieu: Bool = false
  ) -> CalendarDay {
    CalendarDay(day: day, type: type, name: name, isInLieu: isInLieu)
  }
}
