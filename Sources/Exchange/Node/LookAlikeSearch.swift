internal import ExchangeRules
internal import Ledger
internal import Synchronization
internal import Wire

/// The search for persons that look alike (S12.3).
///
/// It needs the facts of everybody at once, so there is one at a time, and it runs away from the
/// loops that carry the connections.
final class LookAlikeSearch: Sendable {
  /// Persons that look like one.
  struct Group: Sendable {
    let ground: DuplicateGround
    let persons: [RegisterEntry]
  }

  /// What the second of two is told to wait, in milliseconds.
  static let retryMilliseconds: UInt32 = 2_000

  private let work = BackgroundWork()
  private let isTaken = Mutex(false)

  /// The groups among the persons that are read.
  ///
  /// - Throws: `busy` while another search runs, and what the reading throws.
  func groups(among read: () async throws -> [RegisterEntry]) async throws -> [Group] {
    let wasTaken = isTaken.withLock { isTaken in
      defer { isTaken = true }
      return isTaken
    }
    guard !wasTaken else {
      throw CallFailure(
        .resourceExhausted, .busy,
        "正在查找相似人员，请稍后再试 / another search for look-alikes is running; try again soon",
        retryAfterMilliseconds: LookAlikeSearch.retryMilliseconds)
    }
    defer { isTaken.withLock { $0 = false } }
    let entries = try await read()
    return await work.run {
      let byKey = Dictionary(entries.map { ($0.card.record.hex, $0) }, uniquingKeysWith: { $1 })
      return DuplicateGroup.groups(among: byKey.values.map(\.facts)).map { group in
        Group(ground: group.ground, persons: group.keys.compactMap { byKey[$0] })
      }
    }
  }
}
