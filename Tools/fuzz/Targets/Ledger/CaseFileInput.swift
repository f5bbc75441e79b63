import CaseFile
import ExchangeRules
import FuzzTargets
import ReferenceData

/// A case file, cut in two anywhere: its records, and the rows that they are.
enum CaseFileInput {
  private static let options: CaseFileOptions? = {
    guard let division = DivisionCode("440306018"),
      let day = CivilDate(year: 2026, month: 1, day: 15)
    else { return nil }
    return CaseFileOptions(
      enteringDivision: division, day: day, register: .national, tables: .national)
  }()

  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    let (first, second) = Halves.of(input)
    let apart = records([first, second])
    try BrokenProperty.unless(
      apart == records([first + second]), "records are the same in whatever pieces they come")
    try BrokenProperty.unless(
      apart.allSatisfy { $0.cells.count <= CaseFileLimits.cellsPerRecord }, "cells stay bounded")
    var lines = apart.map(\.line)
    let inOrder = lines
    lines.sort()
    try BrokenProperty.unless(lines == inOrder, "records come in the order of their lines")
    try read([first, second])
  }

  private static func records(_ pieces: [ArraySlice<UInt8>]) -> [FileRecord] {
    var parser = CSVParser()
    var records: [FileRecord] = []
    for piece in pieces { parser.feed(piece) { records.append($0) } }
    parser.finish { records.append($0) }
    return records
  }

  private static func read(_ pieces: [ArraySlice<UInt8>]) throws(BrokenProperty) {
    guard let options else { throw BrokenProperty("the entering division is a code") }
    // An empty piece would be the end of the file.
    var waiting = pieces.filter { !$0.isEmpty }[...]
    do throws(CaseFileFailure) {
      let reader = try CaseFileReader(options: options) { () throws(CaseFileFailure) -> [UInt8] in
        waiting.popFirst().map { Array($0) } ?? []
      }
      let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
      _ = writer.opening()
      while let entry = try reader.next() {
        if case .rejected(let row) = entry { _ = writer.row(row) }
      }
    } catch {
      // A file without headings is no case file; any other is read to its end.
    }
  }
}
