import ArgumentParser
import Credentials
import ExchangeRules
import Foundation
import Ledger
import TestSupport

/// Durable submissions per second, beside the floor of the same engine on the same schema.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Items put on disk by the group commit, beside batches of the same rows.",
    discussion: """
      The floor inserts the same rows into the same tables, in transactions of a fixed size, from one \
      thread that does nothing else; the best batch size counts. The last row is the group commit into a \
      sealed ledger, beside the same in clear. Under Tools/postgresql --durable the \
      engine is that of a server.
      """)

  @Option(help: "Seconds for each figure.") var seconds = 3
  @Option(help: "Submissions that wait for the disk at once.") var inFlight = 64
  @Option(help: "The folder of the store; the disk that is measured.") var directory = "."

  @OptionGroup var report: Report

  /// Of the best batch.
  static let goalShare = 0.8
  /// Of the same in clear, encrypted on the disk.
  static let goalSealed = 0.9

  func run() async throws {
    var results = report.begin("submit")
    print("| work | durable items/s | of the floor |")
    print("|---|---|---|")
    var floor = 0.0
    for batch in [1, 16, 64, 256] {
      let rate = try await batched(batch)
      floor = max(floor, rate)
      print("| floor, \(batch) a transaction | \(Int(rate)) | |")
      try results.add("floor, \(batch) a transaction", rate, "1/s")
    }
    let rate = try await grouped()
    let share = String(format: "%.0f %%", rate / floor * 100)
    print("| group commit, \(inFlight) in flight | \(Int(rate)) | \(share) |")
    try results.add("group commit, \(inFlight) in flight", rate, "1/s")
    try results.add(
      "group commit, \(inFlight) in flight, of the best batch", rate / floor, "of it",
      .aim(.atLeast, SubmitCommand.goalShare))
    if TestStore.server == nil {
      let sealed = try await grouped(sealed: true)
      let share = String(format: "%.0f %%", sealed / rate * 100)
      print("| the same, sealed | \(Int(sealed)) | \(share) of in clear |")
      try results.add("group commit, sealed", sealed, "1/s")
      try results.add(
        "group commit, sealed, of in clear", sealed / rate, "of it",
        .aim(.atLeast, SubmitCommand.goalSealed))
    }
    try results.finish()
  }

  private func open(sealed: Bool = false) throws -> (ledger: Ledger, path: String) {
    let path = "\(directory)/xiecha-bench-\(UUID().uuidString).sqlite"
    if sealed {
      try SecretKeyFile(for: .store, madeOn: "2026-11-28").write(
        to: path + ".store-key", overwrite: false)
      _ = try Ledger.seal(path, with: path + ".store-key", on: "2026-11-28")
    }
    return (try Ledger(path: TestStore.place(path)), path)
  }

  private func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-owner", ".keys", ".keys-lock", ".store-key"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  private func batched(_ batch: Int) async throws -> Double {
    let (ledger, path) = try open()
    defer { remove(path) }
    let start = ContinuousClock.now
    var count = 0
    while ContinuousClock.now - start < .seconds(seconds) {
      try await ledger.commit { transaction in
        for _ in 0..<batch { try Submission.insert(in: transaction) }
      }
      count += batch
    }
    let rate = Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    try ledger.close()
    return rate
  }

  private func grouped(sealed: Bool = false) async throws -> Double {
    let (ledger, path) = try open(sealed: sealed)
    defer { remove(path) }
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<inFlight {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            try await ledger.commit { try Submission.insert(in: $0) }
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    let rate = Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    try ledger.close()
    return rate
  }
}

/// A synthetic item of about 400 bytes and the event of its entry.
private enum Submission {
  static let body = [UInt8](repeating: 0x78, count: 370)
  static let actor = LedgerActor(
    account: "operator", role: "townshipOperator", division: "440306018")

  static func insert(in transaction: LedgerTransaction) throws {
    let id = LedgerID(version7At: 1_245_204_000_000)
    var item = StoredItem(
      id: id, kind: .assistRequest, category: .assist, from: "440306", to: "441702",
      enteredAt: "440306018")
    item.outbound = true
    let event = StoredEvent(
      id: LedgerID(version7At: 1_245_204_000_000), item: id, kind: .entered,
      at: 1_245_204_000_000, actor: actor, body: body)
    _ = try transaction.insert(
      item, entered: event, called: event.digest, from: .here, at: event.at)
  }
}
