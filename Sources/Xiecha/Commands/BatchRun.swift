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
    _ answer: (Span<UInt8>?, inout [UInt8]) -> Void
  ) throws -> Presentation.ExitCode {
    var lines = BatchLines()
    var output: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkBytes, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = read(0, chunk.baseAddress, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot-read", "标准输入", "standard input") }
      if count == 0 { break }
      let bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
      lines.feed(bytes.bindMemory(to: UInt8.self).span) { answer($0, &output) }
      try write(&output)
    }
    lines.finish { answer($0, &output) }
    try write(&output)
    return .done
  }

  private static func write(_ output: inout [UInt8]) throws {
    var start = 0
    while start < output.count {
      let count = output.withUnsafeBytes { buffer in
        Glibc.write(1, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot-write", "标准输出", "standard output") }
      start += count
    }
    output.removeAll(keepingCapacity: true)
  }

  private static func failure(
    _ reason: String, _ chinese: String, _ english: String
  ) -> ProgramFailure {
    let cause = String(cString: strerror(errno))
    return ProgramFailure(
      .failure, reason, chinese: "\(chinese)出错：\(cause)", english: "\(english): \(cause)")
  }
}
