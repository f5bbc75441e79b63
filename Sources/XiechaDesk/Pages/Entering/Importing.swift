import CaseFile
import ExchangeProtos
import Operator

/// Rows on their way in, and what is kept of those that are not taken.
struct Importing {
  let session: ClerkSession

  /// Enters the good rows, or only looks at all.
  func run(
    _ reader: CaseFileReader, checkOnly: Bool, _ progress: (Int) -> Void
  ) async throws -> ImportRun.Result {
    guard checkOnly else {
      let enteredAt = session.who.actor?.division ?? session.who.node
      return try await ImportRun(node: session.node, enteredAt: enteredAt)
        .run(reader, progress: progress)
    }
    var result = ImportRun.Result()
    while let entry = try reader.next() {
      result.read += 1
      switch entry {
      case .rejected(let row): result.rejected.append(row)
      case .row(let row, _): result.note(row.changes)
      }
      progress(result.read)
    }
    return result
  }

  /// Keeps what a file's rows were refused for: the file of rejects that the terminal writes too, and the
  /// rows to be corrected.
  func keep(_ result: ImportRun.Result, of reader: CaseFileReader) {
    var outstanding = OutstandingRows()
    outstanding.add(
      reader.header.headings, result.rejected.map { ($0, reader.texts(of: $0)) })
    session.outstanding = outstanding
    keepRejects(result.rejected, of: reader)
  }

  /// Keeps what is left after some rows were corrected.
  func keep(
    _ result: ImportRun.Result, of reader: CaseFileReader, correcting sent: CorrectedRows,
    _ options: CaseFileOptions
  ) throws {
    var outstanding = session.outstanding
    // A run that was cut off has not answered for the rows behind.
    guard result.failure == nil else { return }
    outstanding.remove(Set(sent.lines))
    outstanding.add(
      reader.header.headings,
      result.rejected.map { row in
        var inFile = row
        inFile.line = sent.lines.dropFirst(row.line - 2).first ?? row.line
        return (inFile, reader.texts(of: row))
      })
    session.outstanding = outstanding
    // The file of rejects is of what is left, whichever way it came.
    let left = try CorrectedRows(outstanding).rows.reader(options)
    var rejected: [RejectedRow] = []
    while let entry = try left.next() {
      switch entry {
      case .rejected(let row): rejected.append(row)
      case .row(let row, let cells):
        let problems = outstanding.rows.dropFirst(row.line - 2).first?.problems ?? []
        rejected.append(RejectedRow(line: row.line, cells: cells, problems: problems))
      }
    }
    keepRejects(rejected, of: left)
  }

  private func keepRejects(_ rejected: [RejectedRow], of reader: CaseFileReader) {
    guard !rejected.isEmpty else {
      session.rejects = nil
      return
    }
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    session.rejects = writer.opening() + rejected.flatMap(writer.row)
  }
}
