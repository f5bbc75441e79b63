import ExchangeProtos
import NIOCore
import Wire

/// Plays a transcript to both state machines: each must find the other's frames in order, until the
/// frame that breaks a rule.
final class TranscriptReading {
  private var node: ServerStateMachine
  private var caller: ClientStateMachine
  private let transcript: Transcript
  private var callerFollows = true
  /// What each side found wrong with the other's last frame.
  private(set) var nodeFound: WireViolation.Reason?
  private(set) var callerFound: WireViolation.Reason?
  /// What is wrong with the transcript.
  private(set) var mistakes: [String] = []

  init(_ transcript: Transcript) {
    self.transcript = transcript
    node = ServerStateMachine(limits: transcript.limits, now: 0)
    var limits = WireLimits.standard
    limits.streamCreditBytes = Int(transcript.callerHello.streamCreditBytes)
    caller = ClientStateMachine(limits: limits, now: 0)
  }

  func play() {
    for step in transcript.steps {
      do throws(WireViolation) {
        switch step {
        case .caller(let bytes, let what): try callerSends(bytes, what)
        case .node(let bytes, let what): try nodeSends(bytes, what)
        case .event(.drain): node.drain()
        case .event(.signInTimeIsOver), .event(.silence): _ = try node.tick(now: 1000)
        case .event(.unread): nodeFound = .slowReader
        }
      } catch {
        if case .node = step { callerFound = error.reason } else { nodeFound = error.reason }
      }
    }
  }

  private func callerSends(_ bytes: [UInt8], _ what: String) throws(WireViolation) {
    if nodeFound != nil { mistakes.append("\(what) after a broken rule") }
    var found: ServerStateMachine.OnFrame?
    var sent: FrameHeader?
    try Self.read(bytes, upTo: node.largestPayloadBytes) { header, payload throws(WireViolation) in
      sent = header
      found = try node.received(header, payload, now: 0)
    }
    guard let sent else { return mistakes.append("\(what): not one whole frame") }
    switch sent.type {
    case .request:
      // The transcript leaves numbers out; the library does not.
      var opened = try? caller.open(payloadBytes: sent.payloadBytes)
      while let stream = opened, stream < sent.stream { opened = try? caller.open(payloadBytes: 8) }
      // One more than the node takes: the library would not send it.
      if opened == nil { callerFollows = false }
    case .message where sent.flags.contains(.message):
      if caller.maySend(stream: sent.stream) == false { mistakes.append("\(what): no credit") }
      caller.sent(stream: sent.stream, payloadBytes: sent.payloadBytes)
    case .cancel: _ = caller.cancel(stream: sent.stream)
    case .credit:
      let bytes = bytes[10...].reduce(0) { $0 << 8 | Int($1) }
      _ = caller.consumed(stream: sent.stream, payloadBytes: bytes - FrameHeader.byteCount)
    case .goAway: caller.leave()
    default: break
    }
    if case .open(let stream, _, _, let ended)? = found { node.keep(stream: stream, ended: ended) }
    if case .cancel(let stream)? = found { _ = node.finish(stream: stream) }
  }

  private func nodeSends(_ bytes: [UInt8], _ what: String) throws(WireViolation) {
    if callerFound != nil { mistakes.append("\(what) after a broken rule") }
    var found: ClientStateMachine.OnFrame?
    var sent: FrameHeader?
    try Self.read(bytes, upTo: caller.largestPayloadBytes) {
      header, payload throws(WireViolation) in
      sent = header
      guard callerFollows else {
        found = .nothing
        return
      }
      found = try caller.received(header, payload, now: 0)
    }
    guard let sent else { return mistakes.append("\(what): not one whole frame") }
    switch sent.type {
    case .result: _ = node.finish(stream: sent.stream)
    case .message:
      if node.maySend(stream: sent.stream) == false { mistakes.append("\(what): no credit") }
      node.sent(stream: sent.stream, payloadBytes: sent.payloadBytes)
    case .authenticate where bytes[10] == AuthenticationStep.serverFinal.rawValue:
      node.authenticated()
      caller.authenticated()
    default: break
    }
    if found == nil { mistakes.append("\(what): not read") }
  }

  private static func read(
    _ bytes: [UInt8], upTo limit: Int,
    _ take: (FrameHeader, UnsafeRawBufferPointer) throws(WireViolation) -> Void
  ) throws(WireViolation) {
    var reader = FrameReader(largestPayloadBytes: limit)
    var buffer = ByteBuffer(bytes: bytes)
    reader.append(&buffer)
    while try reader.next({ header, payload throws(WireViolation) in
      try take(header, payload)
      return true
    }) != nil {}
  }
}
