import ExchangeRules
import Ledger

/// Fills a province's ledger at the disk's speed: many items in each commit.
struct ProvinceStore {
  let path: String

  private static let batchItems = 2000

  /// Makes a year's items and stores them in the order of their submission.
  ///
  /// `each` is told of each life, its item, and how many are made so far.
  func fill(
    from world: World, seed: UInt64, items: Int,
    each: (Life, LedgerID, Int) throws -> Void
  ) async throws {
    let ledger = try Ledger(path: path)
    var maker = LifeMaker(world: world, seed: seed)
    var writer = HistoryWriter(seed: seed)
    var batch: [HistoryWriter.History] = []
    var made = 0
    try await Schedule(world: world, seed: seed, items: items).forEach(in: world) { entry in
      let life = try maker.life(entry)
      made += 1
      let history = writer.history(of: life)
      try each(life, history.item.id, made)
      batch.append(history)
      if batch.count == ProvinceStore.batchItems {
        try await store(batch, in: ledger)
        batch.removeAll(keepingCapacity: true)
      }
    }
    try await store(batch, in: ledger)
    try ledger.close()
  }

  private func store(_ batch: [HistoryWriter.History], in ledger: Ledger) async throws {
    try await ledger.commit { ledger in
      for history in batch {
        guard let entered = history.events.first, let digest = history.digests.first else {
          continue
        }
        // Nobody's seal: these nodes have never been.
        _ = try ledger.insert(
          history.item, entered: entered, called: digest, from: .elsewhere, at: entered.at)
        for (event, digest) in zip(history.events, history.digests).dropFirst() {
          _ = try ledger.insert(event, called: digest, from: .elsewhere, at: event.at)
        }
      }
    }
  }
}
