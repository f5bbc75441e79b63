import ArgumentParser
import Exchange
import ExchangeRules
import Foundation
import Glibc
import Ledger
import Logging
import ReferenceData
import TLS
import TestSupport

/// Figures, freezing and submissions on simulated provinces of several sizes.
struct FiguresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract: "A province's figures, and what a submission costs, at several sizes.",
    discussion: """
      Makes a province of each size with xiecha-simulate, which must be built beside. Cold means that \
      the store's pages were given back to the system before.
      """)

  @Option(help: "How many items, one or more sizes, the smallest first.")
  var items = [100_000, 1_000_000]
  @Option(help: "How many counties.") var counties = 100
  @Option(help: "The folder of the stores; the disk that is measured.") var directory = "."

  @OptionGroup var report: Report

  private static let cycle = SubmissionCycle("2026-09") ?? SubmissionCycle(containing: .latest)
  private static let day = cycle.receiptCycle.last.adding(days: 19)

  func run() async throws {
    var results = report.begin("figures")
    print(
      "| items | made, items/s | all counties, cold | all counties | the province | "
        + "a county's items | freezing a cycle | a Friday's dunning | submission |")
    print("|---|---|---|---|---|---|---|---|---|")
    var first: Double?
    for size in items {
      let path = "\(directory)/xiecha-bench-figures-\(size)-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let made = try await seconds {
        _ = try Subprocess.run(
          ProgramRun.built("xiecha-simulate"),
          [
            "--seed", "1", "--items", "\(size)", "--counties", "\(counties)", "--out", path,
          ])
      }
      let row = try await measure(in: path)
      let base = first ?? row.submission
      first = base
      let rate = Double(size) / made
      print(
        "| \(size) | \(Int(rate)) | \(text(row.cold)) | \(text(row.counties)) | "
          + "\(text(row.province)) | \(text(row.items)) | \(text(row.freezing)) | "
          + "\(text(row.dunning)) | \(text(row.submission)) |")
      try results.add("\(size): made", rate, "items/s")
      try results.add("\(size): all counties, cold", row.cold, "s", .aim(.atMost, 2))
      try results.add("\(size): all counties", row.counties, "s")
      try results.add("\(size): the province", row.province, "s", .aim(.atMost, 0.1))
      try results.add("\(size): a county's items", row.items, "s")
      try results.add("\(size): freezing a cycle", row.freezing, "s")
      try results.add("\(size): a Friday's dunning", row.dunning, "s", .aim(.atMost, 10))
      try results.add("\(size): a submission", row.submission, "s")
      try results.add(
        "\(size): a submission, of that at the smallest size", row.submission / base, "of it",
        .aim(.atMost, 1.3))
    }
    try results.finish()
  }

  /// Seconds of each work.
  private struct Measured {
    var cold = 0.0
    var counties = 0.0
    var province = 0.0
    var items = 0.0
    var freezing = 0.0
    var dunning = 0.0
    var submission = 0.0
  }

  private func measure(in folder: String) async throws -> Measured {
    var row = Measured()
    let store = "\(folder)/440000.sqlite"
    giveBack(store)
    let start = ContinuousClock.now
    let ledger = try Ledger(path: store)
    _ = try await figures(in: ledger, at: .county)
    row.cold = (ContinuousClock.now - start) / .seconds(1)
    row.counties = try await seconds { _ = try await figures(in: ledger, at: .county) }
    row.province = try await seconds { _ = try await figures(in: ledger, at: .province) }
    let county = try await figures(in: ledger, at: .county).keys.sorted().first
    row.items = try await seconds {
      guard let county else { return }
      for side in CountedSide.allCases {
        var place: CountedPlace? = .start
        while let after = place {
          place = try await ledger.read {
            try $0.countedItems(of: county, side, in: Self.cycle, after: after).next
          }
        }
      }
    }
    row.freezing = try await seconds {
      _ = try await ledger.commit {
        try $0.freezeFigures(of: Self.cycle, within: "44", at: 1_790_000_000_000)
      }
    }
    let node = try node(over: ledger, in: folder)
    row.dunning = try await seconds { _ = try await node.dun() }
    row.submission = try await submission(in: ledger)
    try ledger.close()
    return row
  }

  /// The province's node on a Friday when the year is nearly over.
  private func node(over ledger: Ledger, in folder: String) throws -> Node {
    guard let division = DivisionCode("440000"), let friday = CivilDate("2026-11-27"),
      let identity = NodeIdentity(
        kind: .province, division: division, name: "bench", profile: .provincial2009)
    else { throw ValidationError("440000, 2026-11-27") }
    let trust = try SignatoryTrust(
      TLSConfiguration(trustRootsFile: "\(folder)/Certificates/authority.pem"))
    return Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national, uplinks: [],
      trust: trust, now: { ChinaTime.start(of: friday) }, logger: Logger(label: "bench"))
  }

  private func figures(
    in ledger: Ledger, at level: DivisionLevel
  ) async throws -> [DivisionCode: CycleFigures] {
    try await ledger.read {
      try $0.figures(of: Self.cycle, at: level, within: "44", asOf: Self.day)
    }
  }

  /// What an item costs that comes in submitted, many in each commit.
  private func submission(in ledger: Ledger) async throws -> Double {
    let (batches, batchItems) = (60, 64)
    let counties = try await figures(in: ledger, at: .county).keys.sorted().map { "\($0)" }
    let spent = try await seconds {
      for batch in 0..<batches {
        try await ledger.commit { ledger in
          for number in 0..<batchItems {
            let (item, entered) = Self.submitted(batch * batchItems + number, counties)
            _ = try ledger.insert(
              item, entered: entered, called: entered.digest, from: .here, at: entered.at)
          }
        }
      }
    }
    return spent / Double(batches * batchItems)
  }

  private static func submitted(
    _ number: Int, _ counties: [String]
  ) -> (StoredItem, StoredEvent) {
    let time = ChinaTime.start(of: cycle.last) + Int64(number) * 1000
    let id = LedgerID(version7At: time)
    let (from, to) = (counties[number % counties.count], counties[number * 7 % counties.count])
    var item = StoredItem(
      id: id, kind: .assistRequest, category: .assist, from: from, to: to, enteredAt: from)
    item.state = .submitted
    item.submitted = cycle.last.yyyymmdd
    item.due = cycle.last.adding(days: 30).yyyymmdd
    item.feedbackRequired = true
    item.askedAt = to + "001001"
    item.times.submitted = time
    let event = StoredEvent(
      id: LedgerID(version7At: time), item: id, kind: .entered, at: time,
      actor: LedgerActor(account: "operator", role: "countyOperator", division: from),
      body: [UInt8](repeating: 0x78, count: 370))
    return (item, event)
  }

  /// Gives the pages of a file back, so that the next reading comes from the disk.
  private func giveBack(_ path: String) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    close(descriptor)
  }

  private func seconds(_ work: () async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  private func text(_ seconds: Double) -> String {
    seconds < 0.001
      ? String(format: "%.1f µs", seconds * 1e6) : String(format: "%.1f ms", seconds * 1000)
  }
}
