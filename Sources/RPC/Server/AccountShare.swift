internal import NIOConcurrencyHelpers
internal import Synchronization

/// What one account has of a server: a few peers, or one over many connections, cannot take all that
/// the others need.
final class AccountShare: Sendable {
  let account: String
  /// Unary calls whose work has not ended, whether or not somebody still waits for it.
  private let unary = Synchronization.Atomic<Int>(0)
  /// The same of calls that last as long as the peer likes.
  private let lasting = Synchronization.Atomic<Int>(0)

  /// Whether work of it goes on.
  var isWorking: Bool { unary.load(ordering: .relaxed) + lasting.load(ordering: .relaxed) > 0 }

  init(_ account: String) {
    self.account = account
  }

  /// Counts calls of a kind; how many there are then.
  @discardableResult
  func add(_ count: Int, to kind: CallKind) -> Int {
    switch kind {
    case .unary: unary.add(count, ordering: .relaxed).newValue
    case .lasting: lasting.add(count, ordering: .relaxed).newValue
    }
  }
}

/// The shares of all accounts that are signed in.
final class AccountShares: Sendable {
  private struct Entry {
    let share: AccountShare
    var connections: Int
  }

  private let entries = NIOLockedValueBox<[String: Entry]>([:])

  /// The share of an account, for one more connection; nil: it has `limit` of them.
  func enter(_ account: String, limit: Int) -> AccountShare? {
    entries.withLockedValue { entries in
      var entry = entries[account] ?? Entry(share: AccountShare(account), connections: 0)
      guard entry.connections < limit else { return nil }
      entry.connections += 1
      entries[account] = entry
      return entry.share
    }
  }

  /// One of the account's connections has ended.
  ///
  /// While work of it goes on, the share stays: who connects again has not got rid of what it
  /// began.
  func leave(_ share: AccountShare) {
    entries.withLockedValue { entries in
      guard var entry = entries[share.account], entry.share === share else { return }
      entry.connections -= 1
      let isUsed = entry.connections > 0 || share.isWorking
      entries[share.account] = isUsed ? entry : nil
    }
  }
}
