internal import Presentation
internal import PrivateFiles

extension PrivateFile {
  /// Writes a file of the operator's, in place of an earlier one.
  ///
  /// - Throws: `cannot-write`, with the cause.
  static func replace(_ path: String, with bytes: [UInt8]) throws(ProgramFailure) {
    do throws(PrivateFileFailure) {
      try write(bytes, to: path, overwrite: true)
    } catch {
      throw ProgramFailure(
        .badInput, "cannot-write", chinese: "无法写入 \(error)", english: "cannot write \(error)")
    }
  }
}
