import CaseFile
import Foundation

/// Where the rows that were not taken are written.
enum RejectsFile {
  /// The path: the one asked for, or beside the case file under a name that is free.
  ///
  /// A rejects file that somebody may be correcting is never written over.
  static func path(asked: String?, caseFile: String) -> String {
    if let asked { return asked }
    let base = caseFile.lowercased().hasSuffix(".csv") ? String(caseFile.dropLast(4)) : caseFile
    var path = "\(base).rejects.csv"
    var number = 2
    while FileManager.default.fileExists(atPath: path) {
      path = "\(base).rejects-\(number).csv"
      number += 1
    }
    return path
  }

  /// Writes the rows, readable by their owner only: they are about persons.
  static func write(_ rows: [RejectedRow], of reader: CaseFileReader, to path: String) throws {
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    try PrivateFileWriter.write(writer.opening() + rows.flatMap(writer.row), to: path)
  }
}
