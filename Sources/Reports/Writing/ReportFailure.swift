public import Presentation

/// Why a workbook was not made.
public struct ReportFailure: ExplainedError, Sendable {
  /// What the library or the system says.
  public let cause: String

  /// What people read.
  public var explanation: ProgramFailure {
    ProgramFailure(
      .output, "cannot-write", chinese: "无法生成 XLSX（临时目录需可写且有空间）：\(cause)",
      english: "the workbook cannot be made (the temporary folder must have room): \(cause)")
  }
}
