internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Synchronization

/// How many calls a node takes at once: of unary ones as many as it does in time.
///
/// The more calls wait, the longer each takes, and a queue of a fixed length holds calls whose time is
/// over before their turn comes. So the limit falls by a quarter while calls take longer than a
/// sixteenth of the time that they were given, and rises by one with each that does not, while it is
/// in use. A sixteenth: where the work is the loop's own, as much again passes in the socket, and
/// twice that while the limit finds its place.
final class CallLimit: Sendable {
  /// The limit does not fall below: so few say nothing about a queue.
  static let leastCalls = 64
  /// The part of its time that a call may take, 1/n, before the limit falls.
  static let timeShare = 16
  /// What a call without a deadline counts as having.
  static let usualTime = TimeAmount.seconds(30)

  private struct State {
    var unary = 0
    var lasting = 0
    var unaryLimit: Int
    /// What a lower limit did is seen only after as long as calls take.
    var mayFallAfter = NIODeadline.uptimeNanoseconds(0)
  }

  private let largest: Int
  private let state: NIOLockedValueBox<State>

  /// - Parameter largest: the limit does not rise above; of calls that last, such as a link, so many
  ///   are taken always.
  init(largest: Int) {
    self.largest = largest
    state = NIOLockedValueBox(
      State(unaryLimit: max(min(CallLimit.leastCalls, largest), largest / 16)))
  }

  /// The limit of unary calls now.
  var current: Int { state.withLockedValue(\.unaryLimit) }

  /// What an account may have once half of the places are taken.
  var fairCalls: Int { max(8, largest / 64) }

  /// Takes a place for a unary call of an account, until its work has ended.
  ///
  /// Once half of the places are taken, an account gets a small share of the rest and no more:
  /// one that asks without end cannot have everybody else shed.
  func takeUnary(of share: AccountShare) -> Bool {
    take(share.unary) { state in
      defer { state.unary += 1 }
      return (state.unary + 1, state.unaryLimit)
    } giveBack: {
      $0.unary -= 1
    }
  }

  /// The same for a call that lasts as long as the peer likes.
  func takeLasting(of share: AccountShare) -> Bool {
    take(share.lasting) { [largest] state in
      defer { state.lasting += 1 }
      return (state.lasting + 1, largest)
    } giveBack: {
      $0.lasting -= 1
    }
  }

  private func take(
    _ own: borrowing Synchronization.Atomic<Int>, _ take: (inout State) -> (taken: Int, limit: Int),
    giveBack: (inout State) -> Void
  ) -> Bool {
    let ownTaken = own.add(1, ordering: .relaxed).newValue
    let isTaken = state.withLockedValue { state in
      let (taken, limit) = take(&state)
      if taken <= limit, taken * 2 <= limit || ownTaken <= fairCalls { return true }
      giveBack(&state)
      return false
    }
    if !isTaken { own.subtract(1, ordering: .relaxed) }
    return isTaken
  }

  /// Gives the place of a call that lasted back.
  func giveBackLasting(of share: AccountShare) {
    share.lasting.subtract(1, ordering: .relaxed)
    state.withLockedValue { $0.lasting -= 1 }
  }

  /// Gives the place of a unary call back that was not begun.
  func giveBackUnary(of share: AccountShare) {
    share.unary.subtract(1, ordering: .relaxed)
    state.withLockedValue { $0.unary -= 1 }
  }

  /// Gives the place of a unary call back, and learns from how long it took.
  ///
  /// - Parameter time: what it was given.
  func giveBackUnary(
    of share: AccountShare, took: TimeAmount, of time: TimeAmount?, now: NIODeadline
  ) {
    share.unary.subtract(1, ordering: .relaxed)
    let time = time ?? CallLimit.usualTime
    state.withLockedValue { state in
      if took.nanoseconds > time.nanoseconds / Int64(CallLimit.timeShare) {
        if now >= state.mayFallAfter {
          state.unaryLimit = max(min(CallLimit.leastCalls, largest), state.unaryLimit * 3 / 4)
          state.mayFallAfter = now + took
        }
      } else if state.unaryLimit < largest, state.unary * 4 >= state.unaryLimit {
        state.unaryLimit += 1
      }
      state.unary -= 1
    }
  }
}
