import ExchangeProtos
import NIOCore
import TestSupport
import Wire

/// What a random peer sends after it has signed in: calls as they should be, then something broken.
struct RandomConversation: RandomFrames {
  var random: SeededNumbers
  var frames: [[UInt8]] = []
  private var stream: UInt32 = 0

  /// The bytes, in the pieces in which they are sent.
  static func pieces(seed: UInt64) -> [[UInt8]] {
    var conversation = RandomConversation(seed: seed)
    for _ in 0..<conversation.upTo(12) { conversation.addValid() }
    if conversation.upTo(4) > 0 {
      for _ in 0...conversation.upTo(2) { conversation.mutate() }
    }
    for _ in 0..<conversation.upTo(3) { conversation.addValid() }
    return conversation.split(small: 200)
  }

  private init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  private mutating func anyStream() -> UInt32 {
    UInt32.random(in: 0...max(1, stream), using: &random)
  }

  private mutating func next() -> UInt32 {
    stream += upTo(9) == 0 ? 3 : 1
    return stream
  }

  // MARK: As it should be

  private mutating func addValid() {
    let token = UInt64.random(in: 0...UInt64.max, using: &random)
    switch upTo(9) {
    case 0, 1: call(Bench.submit.descriptor, Network.item.encoded())
    case 2: call(Bench.submit.descriptor, garbage(60))
    case 3: call(Items.list.descriptor, ProtocolExamples.list.encoded())
    case 4:
      let stream = next()
      let method = UInt32.random(in: 0...UInt32.max, using: &random)
      add {
        $0.writeRequestHead(
          RequestHead(method: method, timeoutMilliseconds: 0), stream: stream,
          flags: [.end, .message], messageBytes: 0)
      }
    case 5, 6: exchange()
    case 7: add { $0.writePing(token, answer: token.isMultiple(of: 3)) }
    case 8:
      let stream = max(1, anyStream())
      if stream <= self.stream { add { $0.writeCancel(stream: stream) } }
    default:
      let stream = max(1, anyStream())
      if stream <= self.stream { add { $0.writeCredit(1 + UInt32(token % 5000), stream: stream) } }
    }
  }

  private mutating func call(_ method: MethodDescriptor, _ message: [UInt8]) {
    let stream = next()
    let milliseconds = upTo(4) == 0 ? UInt32(1 + upTo(20)) : 0
    add {
      $0.writeRequestHead(
        RequestHead(method: method.number, timeoutMilliseconds: milliseconds), stream: stream,
        flags: [.end, .message], messageBytes: message.count)
      $0.writeBytes(message)
    }
  }

  /// A bidirectional call with some messages, perhaps ended.
  private mutating func exchange() {
    let stream = next()
    let milliseconds = upTo(6) == 0 ? UInt32(1 + upTo(20)) : 0
    add { $0.writeOpening(stream, Link.exchange.descriptor, milliseconds: milliseconds) }
    for number in 0..<UInt64(upTo(3)) {
      let message = upTo(5) == 0 ? garbage(30) : StreamTests.frame(number).encoded()
      add { $0.writeMessage(stream, message) }
    }
    if upTo(1) == 0 { add { $0.writeMessageHead(stream: stream, flags: .end, messageBytes: 0) } }
  }

  // MARK: Broken

  private mutating func mutate() {
    guard !frames.isEmpty else { return frames.append(garbage(200)) }
    let index = upTo(frames.count - 1)
    switch upTo(13) {
    case 0: flip(index)
    case 1: frames.insert(frames[index], at: upTo(frames.count - 1))
    case 2: frames.swapAt(index, upTo(frames.count - 1))
    case 3: frames.remove(at: index)
    case 4: frames[index] = Array(frames[index].prefix(upTo(frames[index].count)))
    case 5: frames.insert(garbage(200), at: index)
    case 6: set(index, 4..<5, [UInt8(upTo(12))])
    case 7: set(index, 6..<10, number([0, 1, stream, stream + 1, 0x8000_0000, .max]))
    case 8: set(index, 0..<4, number([0, 1, 7, 9, 0x10_0000, 0xffff_ffff]))
    case 9: set(index, 5..<6, [UInt8(upTo(255))])
    case 10: forbidden(index)
    case 11: flood()
    case 12: creditFlood()
    default: frames.append(Array(garbage(9)))
    }
  }

  private mutating func forbidden(_ index: Int) {
    let failure = CallFailure(.cancelled, .done, "")
    let stream = anyStream()
    switch upTo(4) {
    case 0: add { $0.writeHello(Hello(.standard)) }
    case 1: add { $0.writeAuthenticate(.clientFinal, [1, 2, 3]) }
    case 2: add { $0.writeResult(failure, stream: stream) }
    case 3: add { $0.writeMessageHead(stream: stream, flags: [], messageBytes: 0) }
    default: add { $0.writeGoAway(failure, lastStream: 0) }
    }
    frames.swapAt(index, frames.count - 1)
  }

  private mutating func flood() {
    if upTo(1) == 0 {
      for token in 0..<40 { add { $0.writePing(UInt64(token), answer: false) } }
    } else {
      for _ in 0..<80 { add { $0.writeCancel(stream: 1) } }
    }
  }

  /// Credit past the largest, or messages past the credit.
  private mutating func creditFlood() {
    let stream = next()
    add { $0.writeOpening(stream, Link.exchange.descriptor) }
    if upTo(1) == 0 {
      add { $0.writeCredit(.max, stream: stream) }
    } else {
      // A field that no version knows: it is skipped, and the call goes on.
      let long = [0x7a, 0x80, 0x10] + [UInt8](repeating: 0, count: 2048)
      for _ in 0..<3 { add { $0.writeMessage(stream, long) } }
    }
  }
}
