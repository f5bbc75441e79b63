import NIOCore
import RPC
import Wire

/// Calls at a rate that does not depend on the answers; lives on one event loop.
final class OfferedLoad: @unchecked Sendable {
  struct Counts: Sendable {
    /// Of the calls that were answered.
    var latencies = Latencies()
    var answered = 0
    var shed = 0
    /// Shed with the time after which to try again.
    var hinted = 0
    var late = 0
    var other = 0
    var ended: Int { answered + shed + late + other }
  }

  // Touched on the connections' loop only.
  private let connections: [RPCConnection]
  private let call: OverloadTarget.Call
  private let inFlight: Int
  private let seconds: Int
  private var counts = Counts()
  private var begun = 0
  private var start = NIODeadline.now()
  private var done: CheckedContinuation<Counts, Never>?

  init(
    _ connections: [RPCConnection], call: @escaping OverloadTarget.Call, inFlight: Int,
    seconds: Int
  ) {
    self.connections = connections
    self.call = call
    self.inFlight = inFlight
    self.seconds = seconds
  }

  /// Calls answered a second with some always in flight on each connection.
  func capacity() async -> Int {
    let warmUp = await closed(for: 1)
    counts = Counts()
    begun = 0
    return warmUp.answered == 0 ? 0 : await closed(for: seconds).answered / seconds
  }

  func offer(_ perSecond: Int, for seconds: Int, timeout: TimeAmount) async -> Counts {
    await withCheckedContinuation { done in
      connections[0].eventLoop.execute {
        self.done = done
        self.start = .now()
        self.step(perSecond, calls: perSecond * seconds, timeout)
      }
    }
  }

  private func step(_ perSecond: Int, calls: Int, _ timeout: TimeAmount) {
    let elapsed = (NIODeadline.now() - start).nanoseconds
    let due = min(calls, Int(elapsed) / 1_000_000 * perSecond / 1_000)
    while begun < due { begin(timeout) { self.counts.ended == calls } }
    guard begun < calls else { return }
    connections[0].eventLoop.scheduleTask(in: .milliseconds(1)) {
      self.step(perSecond, calls: calls, timeout)
    }
  }

  private func closed(for seconds: Int) async -> Counts {
    await withCheckedContinuation { done in
      connections[0].eventLoop.execute {
        self.done = done
        let end = NIODeadline.now() + .seconds(Int64(seconds))
        for _ in 0..<self.connections.count * self.inFlight { self.again(until: end) }
      }
    }
  }

  private func again(until end: NIODeadline) {
    begin(nil) {
      if NIODeadline.now() < end { self.again(until: end) }
      return self.counts.ended == self.begun
    }
  }

  /// `isLast` is asked when the call has ended.
  private func begin(_ timeout: TimeAmount?, _ isLast: @escaping () -> Bool) {
    let asked = NIODeadline.now()
    let connection = connections[begun % connections.count]
    begun += 1
    let isLast = NIOLoopBound(isLast, eventLoop: connection.eventLoop)
    call(connection, timeout) { outcome in
      self.count(outcome, asked)
      guard isLast.value(), let done = self.done else { return }
      self.done = nil
      done.resume(returning: self.counts)
    }
  }

  private func count(_ outcome: Result<Void, CallFailure>, _ asked: NIODeadline) {
    switch outcome {
    case .success:
      counts.answered += 1
      counts.latencies.add(nanoseconds: (NIODeadline.now() - asked).nanoseconds)
    case .failure(let failure):
      switch failure.status {
      case .resourceExhausted:
        counts.shed += 1
        if failure.retryAfterMilliseconds > 0 { counts.hinted += 1 }
      case .deadlineExceeded: counts.late += 1
      default: counts.other += 1
      }
    }
  }
}
