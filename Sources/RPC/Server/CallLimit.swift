internal import NIOConcurrencyHelpers
internal import NIOCore

/// How many calls a node takes at once: of unary ones as many as it does in time.
///
/// The more calls wait, the longer each takes, and a queue of a fixed length holds calls whose time is
/// over before their turn comes. So the limit falls by a quarter while calls take longer than a
/// sixteenth of the time that they were given, and rises by one with each that does not, while it is
/// in use. A sixteenth: where the work is the loop's own, as much again passes in the socket, and
/// twice that while the limit finds its place.
final class CallLimit: Sendable {
  /// The limit does not fall below this: so few calls say nothing about a queue.
  static let leastCalls = 64
  /// The part of its time that a call may take, 1/n, before the limit falls.
  static let timeShare = 16
  /// The time that a call without a deadline counts as having.
  static let usualTime = TimeAmount.seconds(30)

  private struct State {
    var taken = Taken()
    var unaryLimit: Int
    /// What a lower limit has done shows only after the time that calls take.
    var mayFallAfter = NIODeadline.uptimeNanoseconds(0)
  }

  private struct Taken {
    var unary = 0
    var lasting = 0

    subscript(kind: CallKind) -> Int {
      get { kind == .unary ? unary : lasting }
      set { if kind == .unary { unary = newValue } else { lasting = newValue } }
    }
  }

  private let largest: Int
  private let state: NIOLockedValueBox<State>

  /// - Parameter largest: The limit never rises above it. Of calls that last, such as a link, this
  ///   many are always taken.
  init(largest: Int) {
    self.largest = largest
    state = NIOLockedValueBox(
      State(unaryLimit: max(min(CallLimit.leastCalls, largest), largest / 16)))
  }

  /// The limit of unary calls now.
  var current: Int { state.withLockedValue(\.unaryLimit) }

  /// What an account may have once half of the places are taken.
  var fairCalls: Int { max(8, largest / 64) }

  /// Takes a place for a call of an account, until its work has ended.
  ///
  /// Once half of the places are taken, an account gets a small share of the rest and no more:
  /// one that asks without end cannot have everybody else shed.
  func take(_ kind: CallKind, of share: AccountShare) -> Bool {
    let own = share.add(1, to: kind)
    let isTaken = state.withLockedValue { state in
      let (taken, limit) = (state.taken[kind] + 1, kind == .unary ? state.unaryLimit : largest)
      guard taken <= limit, taken * 2 <= limit || own <= fairCalls else { return false }
      state.taken[kind] = taken
      return true
    }
    if !isTaken { share.add(-1, to: kind) }
    return isTaken
  }

  /// Gives a place back.
  func giveBack(_ kind: CallKind, of share: AccountShare) {
    share.add(-1, to: kind)
    state.withLockedValue { $0.taken[kind] -= 1 }
  }

  /// Learns from the time that a unary call took; the call still has its place.
  ///
  /// - `time`: what it was given.
  func learn(took: TimeAmount, of time: TimeAmount?, now: NIODeadline) {
    let time = time ?? CallLimit.usualTime
    state.withLockedValue { state in
      if took.nanoseconds > time.nanoseconds / Int64(CallLimit.timeShare) {
        if now >= state.mayFallAfter {
          state.unaryLimit = max(min(CallLimit.leastCalls, largest), state.unaryLimit * 3 / 4)
          state.mayFallAfter = now + took
        }
      } else if state.unaryLimit < largest, state.taken.unary * 4 >= state.unaryLimit {
        state.unaryLimit += 1
      }
    }
  }
}
