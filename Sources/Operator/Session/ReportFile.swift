internal import Presentation
internal import PrivateFiles

/// A file that a report is written to.
public enum ReportFile {
  /// Writes a file that is not there yet: none of anybody's is ever replaced.
  ///
  /// Its owner alone may read it, until he lets others.
  ///
  /// - Throws: `cannot-write`, with the cause and the remedy.
  public static func create(_ path: String, with bytes: [UInt8]) throws {
    do throws(PrivateFileFailure) {
      try PrivateFile.write(bytes, to: path, overwrite: false)
    } catch  where error.reason == .exists {
      throw ProgramFailure(
        .badInput, "out", chinese: "--out \(path) 已存在，不予替换：请另写一个文件名",
        english: "--out \(path) is there already and is not replaced; name another file")
    } catch {
      throw ProgramFailure(
        .badInput, "out", chinese: "无法写入 \(error)", english: "cannot write \(error)")
    }
  }
}
