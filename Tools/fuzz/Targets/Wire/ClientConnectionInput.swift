import FuzzTargets
import NIOCore
import Wire

/// The bytes of a node, to the frames and the client's state machine.
///
/// The second byte says how many calls are open when they come; 0 starts before the sign-in.
enum ClientConnectionInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard input.count >= 2 else { return }
    let calls = Int(input[1] % 8)
    let (first, second) = Halves.of([input[0]] + input.dropFirst(2))
    let apart = try outcome([first, second], calls: calls)
    let together = try outcome([first + second], calls: calls)
    try BrokenProperty.unless(
      apart == together, "frames mean the same in whatever pieces they come")
  }

  private static func outcome(
    _ pieces: [ArraySlice<UInt8>], calls: Int
  ) throws(BrokenProperty) -> [String] {
    var machine = ClientStateMachine(limits: .standard, now: 0)
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    var now: UInt64 = 0
    var seen: [String] = []
    let opening = calls > 0 ? openingBytes() : []
    for (index, piece) in ([opening[...]] + pieces).enumerated() {
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
      if index == 0 { open(calls, &machine) }
      try BrokenProperty.unless(machine.openStreams <= calls, "no call opens by itself")
    }
    return seen + ["\(machine.isDone) \(machine.openStreams) \(reader.waitingBytes)"]
  }

  private static func open(_ calls: Int, _ machine: inout ClientStateMachine) {
    for call in 0..<calls {
      guard let stream = try? machine.open(payloadBytes: 100 * call) else { return }
      if machine.maySend(stream: stream) == true {
        machine.sent(stream: stream, payloadBytes: 1000 * call)
      }
    }
  }

  private static func act(
    on event: ClientStateMachine.OnFrame, _ machine: inout ClientStateMachine, payloadBytes: Int
  ) {
    switch event {
    case .authenticate(.serverFinal): machine.authenticated()
    case .deliver(let stream):
      _ = machine.consumed(stream: stream, payloadBytes: payloadBytes)
      if payloadBytes % 16 == 15 { _ = machine.cancel(stream: stream) }
    case .nothing, .greeted, .authenticate, .succeed, .fail, .resume, .answerPing, .goAway: break
    }
  }

  private static func openingBytes() -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.writeHello(Hello(.standard))
    buffer.writeAuthenticate(.serverFirst, [])
    buffer.writeAuthenticate(.serverFinal, [])
    return Array(buffer.readableBytesView)
  }
}
