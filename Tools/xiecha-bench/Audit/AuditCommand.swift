import ArgumentParser
import Exchange
import ExchangeRules
import Foundation
import Ledger

/// Searching the log of a large ledger, beside looking one trace up by its number.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "What a search of the log costs, by person, operator, period and item.",
    discussion: """
      Fills a ledger with traces and, a third of the entries, items that were entered here; every \
      question is asked of many persons, operators, days and items. The floor is one trace by its \
      number.
      """)

  @Option(help: "Entries of the log.") var entries = 1_000_000
  @Option(help: "How often each question is asked.") var questions = 200
  @Option(help: "The folder of the store; the disk that is measured.") var directory = "."

  @OptionGroup var report: Report

  private static let start: Int64 = 1_790_000_000_000
  /// Between two entries, in milliseconds: a million of them take a month and a half.
  private static let step: Int64 = 4000
  private static let accounts = 60
  /// Of what is asked for, so many lines are wanted: a page of `audit search`.
  private static let lines = 100
  private static let batch = 1000

  func run() async throws {
    var results = report.begin("audit")
    let path = "\(directory)/xiecha-bench-audit-\(UUID().uuidString).sqlite"
    defer {
      for end in ["", "-wal", "-shm", "-owner"] {
        try? FileManager.default.removeItem(atPath: path + end)
      }
    }
    let ledger = try Ledger(path: path)
    let begun = ContinuousClock.now
    let items = try await fill(ledger)
    let filling = (ContinuousClock.now - begun) / .seconds(1)
    try results.add("filling", Double(entries) / filling, "entries/s")
    let count = Int64(entries)
    let floor = try await median(of: ledger) { ledger, number in
      _ = try ledger.traces(after: number % (count / 2), limit: 1)
    }
    print("| question | median, ms | × one trace by its number |\n|---|---|---|")
    let asked: [(String, @Sendable (Int64) -> LogQuestion)] = [
      ("a person", { .person(Self.person(Int(truncatingIfNeeded: $0 % 20_000))) }),
      ("an operator, a day", { .account(Self.account($0), Self.day($0, count)) }),
      ("an operator", { .account(Self.account($0), .min ..< .max) }),
      ("a day", { .time(Self.day($0, count)) }),
      ("an item", { .item(items[Int($0) % items.count]) }),
    ]
    print("| one trace by its number | \(text(floor)) | 1 |")
    for (name, question) in asked {
      let spent = try await median(of: ledger) { ledger, number in
        _ = try ledger.search(question(number), limit: Self.lines)
      }
      print("| \(name) | \(text(spent)) | \(String(format: "%.1f", spent / floor)) |")
      try results.add("\(name), of one trace by its number", spent / floor, "of it")
      try results.add(name, spent * 1000, "ms", .aim(.atMost, 10))
    }
    try ledger.close()
    try results.finish()
  }

  /// Seconds of a question, the median of many.
  private func median(
    of ledger: Ledger, _ ask: @escaping @Sendable (LedgerReader, Int64) throws -> Void
  ) async throws -> Double {
    var spent: [Double] = []
    for number in 0..<Int64(questions) {
      let begun = ContinuousClock.now
      try await ledger.read { try ask($0, number &* 7_919) }
      spent.append((ContinuousClock.now - begun) / .seconds(1))
    }
    return spent.sorted()[spent.count / 2]
  }

  /// Writes the entries; the items among them.
  private func fill(_ ledger: Ledger) async throws -> [LedgerID] {
    var items: [LedgerID] = []
    for first in stride(from: 0, to: entries, by: Self.batch) {
      items += try await ledger.commit { ledger in
        try (first..<first + Self.batch).compactMap { number in
          number % 3 == 0
            ? try Self.enter(number, in: ledger) : try Self.trace(number, in: ledger)
        }
      }
    }
    return items
  }

  private static func trace(_ number: Int, in ledger: LedgerTransaction) throws -> LedgerID? {
    try ledger.leaveTrace(
      TraceEntry(
        at: start + Int64(number) * step, actor: actor(number), action: "follow",
        purpose: "核对", subjectKey: person(number % 20_000)))
    return nil
  }

  private static func enter(_ number: Int, in ledger: LedgerTransaction) throws -> LedgerID? {
    let at = start + Int64(number) * step
    var item = StoredItem(
      id: LedgerID(version7At: at), kind: .serviceNotice, category: .inflow, from: "440306",
      to: "441702", enteredAt: "440306")
    item.subjectKey = person(number % 20_000)
    let entered = StoredEvent(
      id: LedgerID(version7At: at), item: item.id, kind: .entered, at: at, actor: actor(number),
      body: [UInt8](repeating: 0x78, count: 370))
    _ = try ledger.insert(item, entered: entered, called: entered.digest, from: .here, at: at)
    return item.id
  }

  private static func actor(_ number: Int) -> LedgerActor {
    LedgerActor(account: account(Int64(number)), role: "countyOperator", division: "440306")
  }

  private static func account(_ number: Int64) -> String { "operator\(number % Int64(accounts))" }
  private static func person(_ number: Int) -> String { "440726\(100_000_000_000 + number)" }

  private static func day(_ number: Int64, _ count: Int64) -> Range<Int64> {
    let first = start + number % count * step
    return first..<first + 86_400_000
  }

  private func text(_ seconds: Double) -> String { String(format: "%.2f", seconds * 1000) }
}
