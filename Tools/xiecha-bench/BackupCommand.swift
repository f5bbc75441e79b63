import ArgumentParser
import Backups
import Credentials
import Dispatch
import ExchangeRules
import Foundation
import Ledger
import Synchronization

/// A backup of a large store, and what it does to who writes meanwhile.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "An encrypted backup beside a writer: its speed, and how long the writer waits.",
    discussion: """
      The store is filled, then items are entered at a fixed rate, one commit each, before, while and \
      after the backup is made. The longest wait of a commit is the figure; the same before says how \
      much of it is the disk.
      """)

  @Option(help: "Items in the store, 2 KiB each.") var items = 100_000
  @Option(help: "Items entered a second meanwhile.") var rate = 160
  @Option(help: "Seconds before and after.") var seconds = 5
  @Option(help: "The folder of the store and of the backup.") var directory = "."

  @OptionGroup var report: Report

  /// The writer may be held so long (milliseconds).
  static let goalMilliseconds = 50.0
  private static let node = "440306"

  func run() async throws {
    var results = report.begin("backup")
    let folder = "\(directory)/xiecha-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ledger = try Ledger(path: "\(folder)/store.sqlite")
    try await fill(ledger)
    let before = try await write(to: ledger) { try await Task.sleep(for: .seconds(seconds)) }
    let log = LogLength("\(folder)/store.sqlite-wal")
    var made: BackupRun.Report?
    let during = try await write(to: ledger) {
      made = try await backUp(ledger, to: "\(folder)/one.xcbackup", log)
    }
    let after = try await write(to: ledger) { try await Task.sleep(for: .seconds(seconds)) }
    guard let made else { return }
    let mebibytes = Double(made.header.bytes) / 1_048_576
    print("| of \(Int(mebibytes)) MiB | ms | MiB/s |")
    print("|---|---|---|")
    for (step, time) in [
      ("copied and looked through", made.copying), ("encrypted", made.encrypting),
      ("read back and compared", made.verifying),
    ] {
      print("| \(step) | \(time) | \(Int(mebibytes / Double(max(1, time)) * 1000)) |")
      try results.add("backup, \(step)", Double(time), "ms")
    }
    print("\n| commits, \(rate)/s | p50 ms | p99 ms | longest ms |")
    print("|---|---|---|---|")
    for (phase, latencies) in [("before", before), ("during", during), ("after", after)] {
      let figures = [0.5, 0.99, 1].map { latencies.percentile($0) / 1000 }
      print(
        "| \(phase) | " + figures.map { String(format: "%.1f", $0) }.joined(separator: " | ") + " |"
      )
      try results.add(
        "longest commit \(phase) a backup", figures[2], "ms",
        phase == "before" ? nil : .aim(.atMost, max(Self.goalMilliseconds, 2 * before.longest)))
    }
    print("\nlog at most \(log.longest >> 20) MiB")
    try ledger.close()
    try results.finish()
  }

  private func fill(_ ledger: Ledger) async throws {
    var left = items
    while left > 0 {
      let some = min(left, 1000)
      try await ledger.commit { ledger in
        for _ in 0..<some { try BackupCommand.enter(in: ledger) }
      }
      left -= some
    }
  }

  /// Enters items at the rate while something goes on; how long each commit took.
  private func write(
    to ledger: Ledger, while work: () async throws -> Void
  ) async throws -> Latencies {
    let interval = Duration.seconds(1) / rate
    let writer = Task {
      var latencies = Latencies()
      var next = ContinuousClock.now
      while !Task.isCancelled {
        // A commit that is late by others is late from when it was due.
        try await ledger.commit { try BackupCommand.enter(in: $0) }
        latencies.add(nanoseconds: Int64((ContinuousClock.now - next) / .nanoseconds(1)))
        next += interval
        if next > .now { try? await Task.sleep(until: next) } else { next = .now }
      }
      return latencies
    }
    do {
      try await work()
    } catch {
      writer.cancel()
      throw error
    }
    writer.cancel()
    return try await writer.value
  }

  private func backUp(
    _ ledger: Ledger, to file: String, _ log: LogLength
  ) async throws -> BackupRun.Report {
    let run = BackupRun(
      of: ledger, node: Self.node, key: SecretKeyFile(for: .backups, madeOn: "2026-11-27").inUse,
      now: { Int64(Date().timeIntervalSince1970 * 1000) })
    let watch = Task {
      while !Task.isCancelled {
        log.look()
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
    defer { watch.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try run.make(file) })
      }
    }
  }

  private static let body = [UInt8](repeating: 0x78, count: 1200)
  private static let actor = LedgerActor(
    account: "operator", role: "townshipOperator", division: "440306018")

  private static func enter(in ledger: LedgerTransaction) throws {
    let id = LedgerID(version7At: 1_245_204_000_000)
    var item = StoredItem(
      id: id, kind: .assistRequest, category: .assist, from: "440306", to: "441702",
      enteredAt: "440306018")
    item.outbound = true
    item.subjectKey = "\(id)"
    let entered = StoredEvent(
      id: LedgerID(version7At: 1_245_204_000_000), item: id, kind: .entered,
      at: 1_245_204_000_000, actor: actor, body: body)
    _ = try ledger.insert(
      item, entered: entered, called: entered.digest, from: .here, at: entered.at)
  }
}

/// How long a log has become at most, in bytes.
private final class LogLength: Sendable {
  private let path: String
  private let most = Mutex(0)

  init(_ path: String) { self.path = path }

  var longest: Int { most.withLock(\.self) }

  func look() {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let length = attributes?[.size] as? Int ?? 0
    most.withLock { $0 = max($0, length) }
  }
}

extension Latencies {
  /// The longest, in milliseconds.
  fileprivate var longest: Double { percentile(1) / 1000 }
}
