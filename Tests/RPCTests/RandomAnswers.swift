import ExchangeProtos
import NIOCore
import TestSupport
import Wire

/// What a random node sends to a caller that has opened some calls: answers as they should be, and,
/// for most seeds, something broken among them.
struct RandomAnswers: RandomFrames {
  /// The calls that are open: their streams by what they are.
  struct Calls {
    var unary: [UInt32]
    var lists: [UInt32]
    var exchanges: [UInt32]
  }

  var random: SeededNumbers
  var frames: [[UInt8]] = []
  private let calls: Calls
  private let credit: Int
  private var spent: [UInt32: Int] = [:]

  /// The unary calls that were answered, in a conversation that is not broken: whether with success.
  private(set) var answered: [UInt32: Bool] = [:]
  /// Whether something in it is broken.
  private(set) var isBroken = false
  /// How the connection ends behind it.
  ///
  /// What is broken is followed by close_notify, so that the caller sees it: a cut and a reset may
  /// take away what was sent before.
  private(set) var ending = RawPeer.Ending.closed

  /// - `credit`: What each stream may carry before the caller grants more, in bytes.
  init(seed: UInt64, calls: Calls, credit: Int) {
    random = SeededNumbers(seed: seed)
    self.calls = calls
    self.credit = credit
    for _ in 0..<upTo(16) { addValid() }
    if upTo(4) > 0 {
      isBroken = true
      for _ in 0...upTo(2) { breakSomething() }
    } else {
      if upTo(2) == 0 { add { $0.writeGoAway(ProtocolExamples.draining, lastStream: .max >> 1) } }
      ending = RawPeer.Ending.allCases[upTo(2)]
    }
  }

  /// The bytes, in the pieces in which they are sent.
  mutating func pieces() -> [[UInt8]] { split(small: 100) }

  private mutating func one(of streams: [UInt32]) -> UInt32 { streams[upTo(streams.count - 1)] }

  // MARK: As it should be

  private mutating func addValid() {
    let token = UInt64.random(in: 0...UInt64.max, using: &random)
    switch upTo(8) {
    case 0, 1, 2: answer(one(of: calls.unary))
    case 3, 4: message(on: one(of: calls.lists), StreamOfItems.reply(token).encoded())
    case 5: message(on: one(of: calls.exchanges), StreamTests.frame(token).encoded())
    case 6:
      let stream = one(of: calls.exchanges)
      if !isOver(stream) { add { $0.writeCredit(1 + UInt32(token % 5000), stream: stream) } }
    case 7: add { $0.writePing(token, answer: token.isMultiple(of: 3)) }
    default: end(one(of: calls.lists + calls.exchanges))
    }
  }

  private func isOver(_ stream: UInt32) -> Bool { spent[stream] == .max }

  private mutating func answer(_ stream: UInt32) {
    guard answered[stream] == nil else { return }
    let isSuccess = upTo(3) > 0
    answered[stream] = isSuccess
    let acknowledgement = Network.acknowledge(Network.item).encoded()
    add {
      if isSuccess {
        $0.writeResultHead(stream: stream, messageBytes: acknowledgement.count)
        $0.writeBytes(acknowledgement)
      } else {
        $0.writeResult(ProtocolExamples.failure, stream: stream)
      }
    }
  }

  private mutating func message(on stream: UInt32, _ message: [UInt8]) {
    guard !isOver(stream), spent[stream, default: 0] < credit else { return }
    spent[stream, default: 0] += FrameHeader.byteCount + message.count
    add { $0.writeMessage(stream, message) }
  }

  private mutating func end(_ stream: UInt32) {
    guard !isOver(stream) else { return }
    spent[stream] = .max
    add { $0.writeResultHead(stream: stream, messageBytes: nil) }
  }

  // MARK: Broken

  private mutating func breakSomething() {
    guard !frames.isEmpty else { return frames.append(garbage(200)) }
    let index = upTo(frames.count - 1)
    switch upTo(12) {
    case 0: flip(index)
    case 1: frames.insert(frames[index], at: upTo(frames.count - 1))
    case 2: frames[index] = Array(frames[index].prefix(upTo(frames[index].count)))
    case 3: frames.insert(garbage(200), at: index)
    case 4: set(index, 4..<5, [UInt8(upTo(12))])
    case 5: set(index, 6..<10, number([0, 1, 99, 0x8000_0000, .max]))
    case 6: set(index, 0..<4, number([0, 1, 7, 9, 0x10_0000, .max]))
    case 7: set(index, 5..<6, [UInt8(upTo(255))])
    case 8: forbidden(index)
    case 9: for token in 0..<40 { add { $0.writePing(UInt64(token), answer: false) } }
    case 10:
      let stream = one(of: calls.exchanges)
      add { $0.writeCredit(.max, stream: stream) }
    case 11: flood(one(of: calls.lists + calls.exchanges))
    default: frames.append(garbage(9))
    }
  }

  private mutating func forbidden(_ index: Int) {
    let stream = one(of: calls.unary + calls.lists)
    switch upTo(5) {
    case 0: add { $0.writeHello(Hello(.standard)) }
    case 1: add { $0.writeAuthenticate(.serverFinal, [1, 2, 3]) }
    case 2: add { $0.writeCall(stream, Bench.submit.descriptor, Network.item) }
    case 3: add { $0.writeCancel(stream: stream) }
    case 4: add { $0.writeMessageHead(stream: stream, flags: .end, messageBytes: 0) }
    default: add { $0.writeGoAway(ProtocolExamples.draining, lastStream: stream) }
    }
    frames.swapAt(index, frames.count - 1)
  }

  /// Messages past the credit, whether they are taken or not.
  private mutating func flood(_ stream: UInt32) {
    let long = StreamOfItems.reply(0, cursorBytes: 500).encoded()
    for _ in 0..<40 { add { $0.writeMessage(stream, long) } }
  }
}

/// Replies of a list, told apart by their numbers.
enum StreamOfItems {
  static func reply(_ number: UInt64, cursorBytes: Int = 8) -> ListReply {
    var reply = ListReply()
    reply.item = ItemSummary()
    reply.item?.id = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 16)
    reply.cursor = [UInt8](repeating: 1, count: cursorBytes)
    return reply
  }
}
