internal import Dispatch
internal import GRDB

/// Brings an older file up to date, step by step, and tells how far it has come.
struct SchemaUpdate {
  let pool: DatabasePool
  let told: @Sendable (LedgerUpdate) -> Void

  func run() throws {
    let migrator = Schema.migrator
    // By the writer: a reader that is open would keep the last close from emptying the log.
    let applied = try pool.writeWithoutTransaction { try Set(migrator.appliedIdentifiers($0)) }
    let steps = migrator.migrations.filter { !applied.contains($0) }
    // A file in the making has nothing that anybody waits for.
    if applied.isEmpty { return try migrator.migrate(pool) }
    var taken = applied
    for (index, step) in steps.enumerated() {
      let update = LedgerUpdate(step: step, number: index + 1, of: steps.count, seconds: 0)
      told(update)
      let clock = ticking(from: update)
      defer { clock.cancel() }
      taken.insert(step)
      try Schema.updating(to: { taken.contains($0) }).migrate(pool)
    }
  }

  /// SQL does not tell how far it is; that it goes on is told by the time.
  private func ticking(from update: LedgerUpdate) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: .global())
    let (begun, told) = (DispatchTime.now(), told)
    timer.schedule(
      deadline: .now() + .seconds(LedgerUpdate.everySeconds),
      repeating: .seconds(LedgerUpdate.everySeconds))
    timer.setEventHandler {
      var update = update
      update.seconds = Int(
        (DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1_000_000_000)
      told(update)
    }
    timer.resume()
    return timer
  }
}
