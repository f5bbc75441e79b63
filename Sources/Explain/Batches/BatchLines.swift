/// Cuts a stream of bytes into lines, wherever the chunks end.
///
/// A line ends with LF; a CR before it is not part of it; the last line may go without.
public struct BatchLines: Sendable {
  /// Bytes of the longest line that is kept: longer than any question, short enough that a stream
  /// without line ends cannot fill the memory.
  public static let maxLineBytes = 65_536

  private var rest: [UInt8] = []
  private var isTooLong = false

  /// Before the first byte.
  public init() {}

  /// Takes a chunk and hands on each line that is complete.
  ///
  /// A line that is too long comes as nil.
  public mutating func feed(_ chunk: Span<UInt8>, line handle: (Span<UInt8>?) -> Void) {
    var start = 0
    var index = 0
    while index < chunk.count {
      if chunk[index] == UInt8(ascii: "\n") {
        end(chunk.extracting(start..<index), handle)
        start = index + 1
      }
      index += 1
    }
    keep(chunk.extracting(start..<chunk.count))
  }

  /// Hands on the last line, if it did not end.
  public mutating func finish(line handle: (Span<UInt8>?) -> Void) {
    if isTooLong || !rest.isEmpty { end([UInt8]().span, handle) }
  }

  private mutating func end(_ tail: Span<UInt8>, _ handle: (Span<UInt8>?) -> Void) {
    if isTooLong || rest.count + tail.count > BatchLines.maxLineBytes {
      handle(nil)
    } else if rest.isEmpty {
      handle(tail.extracting(0..<BatchLines.lengthWithoutReturn(tail)))
    } else {
      keep(tail)
      let line = rest.span
      handle(line.extracting(0..<BatchLines.lengthWithoutReturn(line)))
    }
    rest.removeAll(keepingCapacity: true)
    isTooLong = false
  }

  private mutating func keep(_ bytes: Span<UInt8>) {
    if isTooLong { return }
    if rest.count + bytes.count > BatchLines.maxLineBytes {
      isTooLong = true
      rest.removeAll(keepingCapacity: true)
      return
    }
    bytes.withUnsafeBufferPointer { rest.append(contentsOf: $0) }
  }

  private static func lengthWithoutReturn(_ line: Span<UInt8>) -> Int {
    let count = line.count
    return count > 0 && line[count - 1] == UInt8(ascii: "\r") ? count - 1 : count
  }
}
