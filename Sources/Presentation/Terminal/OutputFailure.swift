internal import Glibc

/// The output could not be written: the disk is full, or whoever read it went away.
public struct OutputFailure: ExplainedError, Sendable, Hashable {
  /// The system's number of the error, such as ENOSPC.
  public let code: Int32

  /// Whether the reader went away, as `head` does when it has seen enough: nobody is to be told.
  public var isReaderGone: Bool { code == EPIPE }

  /// Tells that what was asked may be done all the same: the output comes after the work.
  public var explanation: ProgramFailure {
    if isReaderGone {
      return ProgramFailure(.readerGone, chinese: "读取输出的一方已离开", english: "the reader went away")
    }
    let cause = String(cString: strerror(code))
    return ProgramFailure(
      .output, "cannot-write", chinese: "无法写出结果：\(cause)；所做的操作可能已经生效，请核对",
      english: "the output cannot be written: \(cause); what was asked may be done all the same")
  }
}
