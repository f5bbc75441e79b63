import Wire

/// What `PROTOCOL.md` says of the bytes that a caller sends after it has signed in: written for the
/// random peer from the text, apart from the state machines that it checks.
///
/// Where the text leaves the outcome to time (a call may or may not be over when a frame for it
/// arrives) both outcomes are allowed.
struct ConnectionModel {
  /// A call as the caller knows it.
  struct Call {
    /// The caller's messages may still come: a bidirectional call that was not ended.
    var isOpen: Bool
    /// Messages of a bidirectional call were sent that its node may refuse, or it was cancelled:
    /// nobody can say whether it is over.
    var mayBeOver = false
    var isCancelled = false
    /// What the caller may still send, in bytes, if the node has granted nothing.
    var credit: Int
    /// What the node was ever allowed to send, in bytes.
    var granted: Int
  }

  let limits: WireLimits
  let link: UInt32
  private(set) var calls: [UInt32: Call] = [:]
  private(set) var lastStream: UInt32 = 0
  /// The reasons that the connection must end with, one of them.
  private(set) var mustEnd: Set<WireViolation.Reason> = []
  /// The reasons that it may have ended with before that.
  private(set) var mayEnd: Set<WireViolation.Reason> = []
  /// The caller said GOAWAY: the node closes without a word when no call is open.
  private(set) var saidGoAway = false
  /// Bytes of a frame that never became whole.
  private(set) var isCut = false
  private var pings = 0
  private var cancels = 0

  init(limits: WireLimits, link: UInt32) {
    self.limits = limits
    self.link = link
  }

  /// Calls that must have one result, once everything has come.
  var owed: Set<UInt32> {
    Set(calls.filter { !$0.value.isCancelled && !$0.value.isOpen }.keys)
  }

  /// Reads bytes up to the first rule that is certainly broken.
  mutating func read(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, mustEnd.isEmpty {
      guard rest.count >= 10 else {
        isCut = true
        return
      }
      let head = Array(rest.prefix(10))
      let length = Self.number(head[0..<4])
      let stream = Self.number(head[6..<10])
      if length > limits.frameBytes {
        mustEnd = [.frameTooLong]
        return
      }
      guard (1...9).contains(head[4]) else {
        mustEnd = [.unknownFrameType]
        return
      }
      if stream > 0x7fff_ffff {
        mustEnd = [.badStream]
        return
      }
      guard rest.count >= 10 + length else {
        isCut = true
        return
      }
      let payload = Array(rest.dropFirst(10).prefix(length))
      rest = rest.dropFirst(10 + length)
      frame(head[4], head[5], UInt32(stream), payload)
    }
  }

  private mutating func frame(
    _ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]
  ) {
    if [1, 2, 8, 9].contains(type), stream != 0 {
      mustEnd = [.badStream]
      return
    }
    switch type {
    case 1, 5: mustEnd = [.unexpectedFrame]
    case 2: mustEnd = (1...4).contains(payload.first ?? 0) ? [.unexpectedFrame] : [.malformedFrame]
    case 3: request(flags, stream, payload)
    case 4: message(flags, stream, payload)
    case 6: cancel(stream)
    case 7: credit(stream, payload)
    case 8: ping(flags, payload)
    default: goAway(payload)
    }
  }

  private mutating func request(_ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
    if saidGoAway {
      mustEnd = [.unexpectedFrame]
      return
    }
    if stream <= lastStream {
      mustEnd = [.badStream]
      return
    }
    let head = flags & 4 == 0 ? 8 : 34
    if payload.count < head || (flags & 2 == 0 && payload.count > head) {
      mustEnd = [.malformedFrame]
      return
    }
    lastStream = stream
    let isLink = Self.number(payload[0..<4]) == Int(link)
    let open = isLink && flags & 3 == 0
    // A deadline can end it at any time.
    let hasDeadline = Self.number(payload[4..<8]) != 0
    calls[stream] = Call(
      isOpen: open && !hasDeadline, mayBeOver: hasDeadline || !isLink,
      credit: limits.streamCreditBytes, granted: limits.streamCreditBytes)
    if open, hasDeadline { calls[stream]?.isCancelled = true }
  }

  private mutating func message(_ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
    guard belongs(stream), var call = calls[stream] else { return }
    let isMalformed = flags & 2 == 0 && (!payload.isEmpty || flags & 1 == 0)
    guard call.isOpen || call.isCancelled else {
      // The call was ended by the caller, and may be over.
      mayEnd.insert(.unexpectedFrame)
      return
    }
    if isMalformed {
      if call.isOpen, !call.mayBeOver { mustEnd = [.malformedFrame] }
      mayEnd.formUnion([.malformedFrame, .unexpectedFrame])
      return
    }
    if flags & 2 != 0 {
      if call.credit <= 0 { mayEnd.insert(.creditExceeded) }
      call.credit -= 10 + payload.count
      // Only a node that could read it goes on.
      call.mayBeOver = call.mayBeOver || !payload.isEmpty
    }
    if flags & 1 != 0 {
      call.isOpen = false
      call.mayBeOver = true
    }
    if call.isCancelled { mayEnd.insert(.unexpectedFrame) }
    calls[stream] = call
  }

  private mutating func cancel(_ stream: UInt32) {
    guard belongs(stream) else { return }
    cancels += 1
    if cancels > limits.cancelsPerWindow {
      mustEnd = [.tooManyCancels]
      return
    }
    calls[stream]?.isCancelled = true
    calls[stream]?.isOpen = false
    calls[stream]?.mayBeOver = true
  }

  private mutating func credit(_ stream: UInt32, _ payload: [UInt8]) {
    guard payload.count == 4 else {
      mustEnd = [.malformedFrame]
      return
    }
    guard belongs(stream), let call = calls[stream] else { return }
    let bytes = Self.number(payload[...])
    let isCertain = call.isOpen && !call.mayBeOver
    if bytes == 0 {
      if isCertain { mustEnd = [.malformedFrame] }
      _ = mayEnd.insert(.malformedFrame)
      return
    }
    let granted = call.granted + bytes
    calls[stream]?.granted = granted
    if granted <= WireLimits.largestCreditBytes { return }
    // What the node has sent meanwhile is not known, but it is less than this.
    if isCertain, granted > WireLimits.largestCreditBytes + 1 << 20 { mustEnd = [.creditOverflow] }
    mayEnd.insert(.creditOverflow)
  }

  private mutating func ping(_ flags: UInt8, _ payload: [UInt8]) {
    guard payload.count == 8 else {
      mustEnd = [.malformedFrame]
      return
    }
    if flags & 1 != 0 { return }
    pings += 1
    if pings > limits.pingsPerWindow { mustEnd = [.tooManyPings] }
  }

  private mutating func goAway(_ payload: [UInt8]) {
    guard payload.count >= 11, (1...16).contains(payload[4]) else {
      mustEnd = [.malformedFrame]
      return
    }
    let reason = Int(payload[9])
    guard payload.count >= 11 + reason,
      payload.count >= 11 + reason + Int(payload[10 + reason])
    else {
      mustEnd = [.malformedFrame]
      return
    }
    saidGoAway = true
  }

  private mutating func belongs(_ stream: UInt32) -> Bool {
    if stream == 0 || stream > lastStream { mustEnd = [.badStream] }
    return mustEnd.isEmpty
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
