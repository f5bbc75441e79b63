import FuzzTargets
import NIOCore
import Wire

/// The bytes of a client, to the frames and the server's state machine.
///
/// The second byte says how far the connection is when they come: odd starts signed in.
enum ServerConnectionInput {
  private static let limits: WireLimits = {
    var limits = WireLimits.standard
    limits.streams = 8
    limits.exchanges = 4
    limits.frameBytes = 64 << 10
    limits.streamCreditBytes = 4 << 10
    return limits
  }()

  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard input.count >= 2 else { return }
    let isSignedIn = input[1] % 2 == 1
    let (first, second) = Halves.of([input[0]] + input.dropFirst(2))
    let apart = try outcome([first, second], signedIn: isSignedIn)
    let together = try outcome([first + second], signedIn: isSignedIn)
    try BrokenProperty.unless(
      apart == together, "frames mean the same in whatever pieces they come")
  }

  private static func outcome(
    _ pieces: [ArraySlice<UInt8>], signedIn: Bool
  ) throws(BrokenProperty) -> [String] {
    var machine = ServerStateMachine(limits: limits, now: 0)
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    var now: UInt64 = 0
    var seen: [String] = []
    let opening = signedIn ? openingBytes() : []
    for piece in [opening[...]] + pieces {
      var buffer = ByteBuffer(bytes: piece)
      reader.append(&buffer)
      do throws(WireViolation) {
        while let event = try reader.next({ header, payload throws(WireViolation) in
          now += UInt64(header.flags.rawValue)
          let event = try machine.received(header, payload, now: now)
          act(on: event, &machine, payloadBytes: payload.count)
          return event
        }) {
          reader.largestPayloadBytes = machine.largestPayloadBytes
          seen.append("\(event)")
        }
        _ = try machine.tick(now: now)
      } catch {
        return seen + ["\(error)"]
      }
      try BrokenProperty.unless(machine.keptStreams <= limits.streams, "calls stay bounded")
      try BrokenProperty.unless(
        reader.waitingBytes < FrameHeader.byteCount + limits.frameBytes,
        "at most one frame waits for its end")
    }
    return seen + ["\(machine.isDone) \(machine.keptStreams) \(reader.waitingBytes)"]
  }

  /// What a server's connection does about each event, its calls and its time chosen by the bytes.
  private static func act(
    on event: ServerStateMachine.OnFrame, _ machine: inout ServerStateMachine, payloadBytes: Int
  ) {
    switch event {
    case .authenticate(.clientFinal): machine.authenticated()
    case .open(let stream, let head, _, let ended):
      switch head.method % 4 {
      case 0: break
      case 3: machine.drain()
      default:
        machine.keep(stream: stream, ended: ended)
        if machine.maySend(stream: stream) == true {
          machine.sent(stream: stream, payloadBytes: Int(head.timeoutMilliseconds % 8192))
        }
      }
    case .deliver(let stream, _, let ended):
      _ = machine.consumed(stream: stream, payloadBytes: payloadBytes)
      if ended { _ = machine.finish(stream: stream) }
    case .cancel(let stream): _ = machine.finish(stream: stream)
    case .nothing, .greeted, .authenticate, .refuse, .resume, .answerPing, .peerGoesAway: break
    }
  }

  private static func openingBytes() -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeHello(Hello(limits))
    buffer.writeAuthenticate(.clientFirst, [])
    buffer.writeAuthenticate(.clientFinal, [])
    return Array(buffer.readableBytesView)
  }
}
