internal import Ledger
internal import Logging
internal import Synchronization

/// Tries again by itself what was set aside, whenever its cause may be gone: at the start, when a node
/// was registered, when the clock was set, when an administrator asks for it, and from time to time;
/// and does what has waited for a store that was put back.
///
/// After a new calendar or certificate the node does so on SIGHUP (``Node/followCalendar()``).
public struct SetAsideWatch: Sendable {
  /// How often it looks whether something has changed.
  public static let lookSeconds = 2
  /// How often it tries where nothing has, in milliseconds.
  static let againMilliseconds: Int64 = 10 * 60 * 1000
  /// A clock that has gone so much further than time did was set, in milliseconds.
  private static let jumpMilliseconds: Int64 = 2000

  private let node: Node
  private let pause: @Sendable () async throws -> Void

  /// A watch that waits with `pause` between its looks.
  public init(
    _ node: Node,
    pause: @escaping @Sendable () async throws -> Void = {
      try await Task.sleep(for: .seconds(SetAsideWatch.lookSeconds))
    }
  ) {
    self.node = node
    self.pause = pause
  }

  private struct Seen {
    /// What the administrator's program had changed.
    var version = ""
    /// When it tried last, by the node's clock.
    var tried: Int64 = 0
    /// When it looked last, by the node's clock and by one that nobody sets.
    var looked: (clock: Int64, time: ContinuousClock.Instant)
  }

  /// Watches until the task is cancelled.
  public func run() async {
    let began = node.now()
    var seen = Seen(looked: (began, .now))
    repeat {
      do {
        try await look(&seen)
      } catch {
        node.logger.error(
          "what was set aside could not be tried again", metadata: ["error": "\(error)"])
      }
    } while (try? await pause()) != nil && !Task.isCancelled
  }

  private func look(_ seen: inout Seen) async throws {
    // An administrator may have let the node go on.
    try await node.deliverWaiting()
    let (clock, time, since) = (node.now(), ContinuousClock.now, seen.tried)
    let gone = seen.looked.time.duration(to: time) / .milliseconds(1)
    let jump = abs(clock - seen.looked.clock - Int64(gone))
    seen.looked = (clock, time)
    let (version, isAny, dismissed) = try await node.ledger.read { ledger in
      (
        try ledger.registerVersion() + ledger.quarantineVersion(),
        try !ledger.setAside(after: .start, limit: 1).isEmpty,
        since > 0 ? try ledger.dismissed(since: since) : []
      )
    }
    let isDue =
      seen.tried == 0 || version != seen.version || jump > Self.jumpMilliseconds
      || clock - seen.tried >= Self.againMilliseconds
    guard isDue else { return }
    (seen.version, seen.tried) = (version, clock)
    node.settled.put(dismissed)
    node.signals.raise(Set(dismissed.map(\.peer)))
    guard isAny else { return }
    let outcome = try await node.takeSetAside()
    guard outcome.taken > 0 else { return }
    node.logger.notice(
      "events that were set aside are in their place now",
      metadata: ["taken": "\(outcome.taken)", "left": "\(outcome.left)"])
  }
}
