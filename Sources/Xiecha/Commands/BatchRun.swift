import Explain
import Glibc
import Presentation

/// Answers standard input line by line on standard output, in order.
///
/// What a read brings is answered before the next read, so that a program can hold a conversation.
enum BatchRun {
  /// Bytes of a read; a million short lines pass in a second or two.
  private static let chunkBytes = 256 * 1024

  static func run(
    on console: Console, _ answer: (Span<UInt8>?, inout [UInt8]) -> Void
  ) throws -> ProgramExit {
    var lines = BatchLines()
    var output: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkBytes, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = read(0, chunk.baseAddress, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        let cause = String(cString: strerror(errno))
        throw ProgramFailure(
          .failure, "cannot-read", chinese: "标准输入出错：\(cause)", english: "standard input: \(cause)")
      }
      if count == 0 { break }
      let bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
      lines.feed(bytes.bindMemory(to: UInt8.self).span) { answer($0, &output) }
      try console.pass(output.span)
      output.removeAll(keepingCapacity: true)
    }
    lines.finish { answer($0, &output) }
    try console.pass(output.span)
    return .done
  }
}
