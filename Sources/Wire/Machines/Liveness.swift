/// Whether the peer is still there, and whether it floods: counted in milliseconds of a clock that
/// only goes forward, given by the caller.
struct Liveness {
  private var lastReceived: UInt64
  private var lastSent: UInt64
  private var token: UInt64 = 0
  private var windowStart: UInt64
  private var pings = 0
  private var cancels = 0
  private let limits: WireLimits
  /// The peer's own longest silence, from its `HELLO`; this side pings before a third of it is over.
  var peerSilenceMilliseconds: UInt64

  init(limits: WireLimits, now: UInt64) {
    self.limits = limits
    lastReceived = now
    lastSent = now
    windowStart = now
    peerSilenceMilliseconds = UInt64(limits.silenceMilliseconds)
  }

  /// How often to look whether a ping is due, in milliseconds, where ``WireLimits/tickMilliseconds``
  /// is too seldom; nil where it is not.
  var pingMilliseconds: Int? {
    let third = Int(clamping: peerSilenceMilliseconds / 3)
    return third < limits.tickMilliseconds ? max(1, third) : nil
  }

  mutating func received(now: UInt64) { lastReceived = now }
  mutating func sent(now: UInt64) { lastSent = now }

  mutating func pinged(now: UInt64) throws(WireViolation) {
    startWindow(now: now)
    pings += 1
    if pings > limits.pingsPerWindow {
      throw WireViolation(
        .tooManyPings,
        "\(pings) pings within \(limits.floodWindowMilliseconds) ms")
    }
  }

  mutating func cancelled(now: UInt64) throws(WireViolation) {
    startWindow(now: now)
    cancels += 1
    if cancels > limits.cancelsPerWindow {
      throw WireViolation(
        .tooManyCancels,
        "\(cancels) calls given up within \(limits.floodWindowMilliseconds) ms")
    }
  }

  /// Called every ``WireLimits/tickMilliseconds``: the token of a ping to send, if one is due.
  mutating func tick(now: UInt64) throws(WireViolation) -> UInt64? {
    if now &- lastReceived >= UInt64(limits.silenceMilliseconds) {
      throw WireViolation(
        .silent, "nothing came for \(limits.silenceMilliseconds) ms")
    }
    guard now &- lastSent >= peerSilenceMilliseconds / 3 else { return nil }
    token &+= 1
    lastSent = now
    return token
  }

  private mutating func startWindow(now: UInt64) {
    if now &- windowStart >= UInt64(limits.floodWindowMilliseconds) {
      windowStart = now
      pings = 0
      cancels = 0
    }
  }
}
