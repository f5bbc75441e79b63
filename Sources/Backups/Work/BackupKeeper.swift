internal import Credentials
internal import Dispatch
public import Ledger

/// Makes a node's backups by its schedule, notes in the ledger what became of them, and removes old
/// ones when a new one is verified.
public struct BackupKeeper: Sendable {
  private let ledger: Ledger
  private let node: String
  private let schedule: BackupSchedule
  private let now: @Sendable () -> Int64
  /// Away from the threads that serve calls: a backup reads and writes for minutes.
  private static let queue = DispatchQueue(label: "Backups")

  /// What one run has done.
  public struct Outcome: Sendable, Hashable {
    /// The backup.
    public let report: BackupRun.Report
    /// Old ones that were removed.
    public let removed: [String]
  }

  /// A keeper of a node's backups.
  ///
  /// - `now`: milliseconds since 1970.
  public init(
    of ledger: Ledger, node: String, by schedule: BackupSchedule,
    now: @escaping @Sendable () -> Int64
  ) {
    self.ledger = ledger
    self.node = node
    self.schedule = schedule
    self.now = now
  }

  private var folder: BackupFolder { BackupFolder(schedule.folder, of: node) }

  /// When the next backup is due: milliseconds since 1970.
  ///
  /// A backup that is gone from its folder does not count, nor does one of a time to come: it was made
  /// by a clock that was ahead, and no other would be made until then.
  public func due() async throws -> Int64 {
    let now = now()
    let failed = try await ledger.read { try $0.backupFailure()?.at }
    return schedule.due(
      after: folder.backups().map(\.header.at).first { $0 <= now },
      failed: failed.flatMap { $0 <= now ? $0 : nil })
  }

  /// Makes one now.
  ///
  /// - Throws: why there is none; it is noted in the ledger then.
  public func run() async throws -> Outcome {
    do {
      let outcome = try await make()
      let note = BackupNote(at: outcome.report.header.at, text: outcome.report.file)
      try await ledger.commit { try $0.note(backup: note) }
      return outcome
    } catch {
      let note = BackupNote(at: now(), text: "\(error)")
      try await ledger.commit { try $0.note(backupFailure: note) }
      throw error
    }
  }

  private func make() async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Self.queue.async {
        continuation.resume(
          with: Result {
            let keys = try SecretKeyFile(for: .backups, reading: schedule.keyFile)
            let run = BackupRun(of: ledger, node: node, key: keys.inUse, now: now)
            let report = try run.make(folder.file(at: now()))
            return Outcome(
              report: report, removed: try folder.prune(to: schedule.keep, at: now()))
          })
      }
    }
  }
}
