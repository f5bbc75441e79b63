import NIOCore
import NIOEmbedded
import TestSupport

/// One connection between two offices, or between an operator and its office: carries bytes late, in
/// pieces of any size, and not for ever.
final class Cable: @unchecked Sendable {
  /// One direction.
  private struct Way {
    /// When the last byte that is under way arrives, in nanoseconds.
    var arrives: Int64 = 0
    /// Bytes that were sent and are held back, because nothing goes this way now.
    var held: [ByteBuffer] = []
    var isBlocked = false
    /// The sender has closed: the other side hears it behind the last byte.
    var isEnding = false
  }

  /// Who dialled, and whom; an operator is named as its office is.
  let (from, to): (String, String)
  private let channels: [EmbeddedChannel]
  private let scheduler: Scheduler
  private var ways = [Way(), Way()]
  private(set) var isCut = false
  /// How long a byte is under way, in nanoseconds, and how often a write is broken up, of a hundred.
  var (delay, breaks): (ClosedRange<Int64>, Int)

  init(
    from: String, to: String, _ dialling: EmbeddedChannel, _ answering: EmbeddedChannel,
    _ scheduler: Scheduler, delay: ClosedRange<Int64>, breaks: Int
  ) {
    (self.from, self.to) = (from, to)
    channels = [dialling, answering]
    self.scheduler = scheduler
    (self.delay, self.breaks) = (delay, breaks)
  }

  /// Whether both ends are gone.
  var isOver: Bool { channels.allSatisfy { !$0.isActive } }

  /// Takes what the ends have written, and sends it on its way.
  func collect(_ chance: inout SeededNumbers) {
    for side in 0...1 {
      while let bytes = try? channels[side].readOutbound(as: ByteBuffer.self) {
        if !isCut { send(bytes, from: side, &chance) }
      }
      if !channels[side].isActive, !ways[side].isEnding, !isCut {
        ways[side].isEnding = true
        arrive(after: delay.lowerBound, from: side) { $0.end(side: 1 - side) }
      }
    }
  }

  private func send(_ bytes: ByteBuffer, from side: Int, _ chance: inout SeededNumbers) {
    if ways[side].isBlocked { return ways[side].held.append(bytes) }
    var bytes = bytes
    while bytes.readableBytes > 0 {
      let isBroken = Int.random(in: 0..<100, using: &chance) < breaks
      let count =
        isBroken ? Int.random(in: 1...bytes.readableBytes, using: &chance) : bytes.readableBytes
      guard let piece = bytes.readSlice(length: count) else { return }
      arrive(after: Int64.random(in: delay, using: &chance), from: side) {
        $0.deliver(piece, to: 1 - side)
      }
    }
  }

  /// Behind everything that was sent before.
  private func arrive(after delay: Int64, from side: Int, _ act: @escaping (Cable) -> Void) {
    let time = max(ways[side].arrives, scheduler.now + delay)
    ways[side].arrives = time
    scheduler.after(nanoseconds: time - scheduler.now) { act(self) }
  }

  private func deliver(_ bytes: ByteBuffer, to side: Int) {
    guard !isCut, channels[side].isActive else { return }
    // What a handler makes of it is the product's affair, also where it throws.
    _ = try? channels[side].writeInbound(bytes)
  }

  private func end(side: Int) {
    guard channels[side].isActive else { return }
    // Not through the pipeline: the other side is gone, and no farewell would reach it.
    channels[side]._channelCore.close0(error: ChannelError.eof, mode: .all, promise: nil)
  }

  /// Ends it, in the middle of whatever is under way; `silentSide` hears nothing of it, and has to
  /// find out.
  func cut(silentSide: Int?) {
    guard !isCut else { return }
    isCut = true
    for side in 0...1 where side != silentSide { end(side: side) }
  }

  /// One end is gone; what it has sent still arrives, and then its end.
  func drop(side: Int) { end(side: side) }

  /// Lets nothing through in one direction, until it is opened.
  func block(from side: Int) { ways[side].isBlocked = true }

  /// Lets go on what was held back.
  func open(_ chance: inout SeededNumbers) {
    for side in 0...1 where ways[side].isBlocked {
      ways[side].isBlocked = false
      let held = ways[side].held
      ways[side].held = []
      for bytes in held where !isCut { send(bytes, from: side, &chance) }
    }
  }
}
