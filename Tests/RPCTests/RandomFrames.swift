import NIOCore
import TestSupport
import Wire

/// Frames that follow from a seed: what a random peer and a random node have in common.
protocol RandomFrames {
  var random: SeededNumbers { get set }
  var frames: [[UInt8]] { get set }
}

extension RandomFrames {
  /// A number from 0 to `most`.
  mutating func upTo(_ most: Int) -> Int { Int.random(in: 0...most, using: &random) }

  /// At most so many bytes that mean nothing.
  mutating func garbage(_ most: Int) -> [UInt8] {
    (0..<upTo(most)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  mutating func add(_ write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer()
    write(&buffer)
    frames.append(Array(buffer.readableBytesView))
  }

  /// Turns one bit of a frame over.
  mutating func flip(_ index: Int) {
    guard !frames[index].isEmpty else { return }
    frames[index][upTo(frames[index].count - 1)] ^= 1 << UInt8(upTo(7))
  }

  /// One of these values, as a field of a header.
  mutating func number(_ values: [UInt32]) -> [UInt8] {
    Array(ByteBuffer(integer: values[upTo(values.count - 1)]).readableBytesView)
  }

  /// Replaces a field of a frame's header.
  mutating func set(_ index: Int, _ place: Range<Int>, _ bytes: [UInt8]) {
    guard frames[index].count >= FrameHeader.byteCount else { return }
    frames[index].replaceSubrange(place, with: bytes)
  }

  /// All bytes, in the pieces in which they are sent.
  ///
  /// So many of them may be small: a byte at a time is enough for the first frames.
  mutating func split(small: Int) -> [[UInt8]] {
    var rest = Array(frames.joined())[...]
    var pieces: [[UInt8]] = []
    let smallest = [1, 20, 4000][upTo(2)]
    while !rest.isEmpty {
      let piece = pieces.count < small ? rest.prefix(smallest + upTo(3 * smallest)) : rest
      pieces.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }
}
