public import CaseFile
internal import Foundation
internal import Glibc
internal import Presentation
internal import PrivateFiles

/// Where the rows that were not taken are written.
public enum RejectsFile {
  /// The path: the one asked for, or beside the case file under a name that is free.
  ///
  /// Only an earlier rejects file or an empty file is ever replaced, and only where it was asked
  /// for: a rejects file that somebody may be correcting is never written over unasked, and what is
  /// something else, or the case file itself, never at all.
  ///
  /// - Throws: ``Presentation/ProgramFailure`` where the path asked for is none that may be replaced.
  public static func path(
    asked: String?, caseFile: String, options: CaseFileOptions
  ) throws -> String {
    if let asked {
      try checkReplaceable(asked, caseFile: caseFile, options: options)
      return asked
    }
    let ending = [".csv", ".txt", ".tsv", ".xlsx", ".xlsm"].first(
      where: caseFile.lowercased().hasSuffix)
    let base = String(caseFile.dropLast(ending?.count ?? 0))
    var path = "\(base).rejects.csv"
    var number = 2
    while FileManager.default.fileExists(atPath: path) {
      path = "\(base).rejects-\(number).csv"
      number += 1
    }
    return path
  }

  /// Writes the rows, readable by their owner only: they are about persons.
  public static func write(
    _ rows: [RejectedRow], of reader: CaseFileReader, to path: String
  ) throws {
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    try PrivateFile.replace(path, with: writer.opening() + rows.flatMap(writer.row))
  }

  private static func checkReplaceable(
    _ path: String, caseFile: String, options: CaseFileOptions
  ) throws {
    // The link and not what it leads to: a rename puts the new file in the link's place.
    var there = stat()
    guard lstat(path, &there) == 0 else { return }
    var (target, input) = (stat(), stat())
    if stat(path, &target) == 0, stat(caseFile, &input) == 0, target.st_dev == input.st_dev,
      target.st_ino == input.st_ino
    {
      throw refusal(
        chinese: "--rejects \(path) 就是个案文件本身：请另写一个文件名",
        english: "--rejects \(path) is the case file itself; name another file")
    }
    guard there.st_mode & S_IFMT == S_IFREG else {
      throw refusal(
        chinese: "--rejects \(path) 不是普通文件，不予替换：请另写一个文件名",
        english: "--rejects \(path) is no regular file and is not replaced; name another file")
    }
    guard there.st_size == 0 || isRejectsFile(path, options: options) else {
      throw refusal(
        chinese: "--rejects \(path) 已存在，且不是未导入行的文件，不予替换：请另写一个文件名",
        english:
          "--rejects \(path) is there already, is no file of rejects and is not replaced; name "
          + "another file")
    }
  }

  /// Whether the file has the heading under which rejects have their reasons.
  private static func isRejectsFile(_ path: String, options: CaseFileOptions) -> Bool {
    let reader = try? CaseFileReader(path: path, options: options)
    return reader?.header.reasonColumn != nil
  }

  private static func refusal(chinese: String, english: String) -> ProgramFailure {
    ProgramFailure(.badInput, "rejects", chinese: chinese, english: english)
  }
}
