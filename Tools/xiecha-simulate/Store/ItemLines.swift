import ExchangeRules
import Foundation
import Ledger
import Presentation

/// Every item as a line of JSON, for programs that count for themselves.
final class ItemLines {
  private let file: FileHandle
  private var waiting = Data()

  private static let bytesAtOnce = 1 << 20

  /// Begins the file anew.
  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else {
      throw ProgramFailure(.refused, chinese: "无法写入 \(path)", english: "cannot write \(path)")
    }
    self.file = file
  }

  /// Writes an item.
  func write(_ life: Life, _ id: LedgerID) throws {
    // Words and dates alone: nothing is to be escaped.
    let fields = [
      "\"id\":\"\(id)\"", "\"kind\":\"\(life.kind.word)\"",
      "\"category\":\"\(life.category.word)\"", "\"from\":\"\(life.from)\"",
      "\"to\":\"\(life.to)\"", "\"village\":\"\(life.asked.village)\"",
      "\"urgency\":\"\(life.ruling.urgency)\"",
      "\"feedbackRequired\":\(life.ruling.response == .feedback)",
      "\"submitted\":\"\(life.submitted)\"", "\"due\":\"\(life.ruling.due)\"",
      "\"received\":\(text(life.received))", "\"answered\":\(text(life.answered))",
      "\"finding\":\(life.reply.map { "\"\($0.finding.word)\"" } ?? "null")",
      "\"substantiated\":\(life.reply?.isSubstantiated ?? false)",
    ]
    waiting.append(contentsOf: "{\(fields.joined(separator: ","))}\n".utf8)
    if waiting.count >= ItemLines.bytesAtOnce { try flush() }
  }

  /// Writes what is left.
  func close() throws {
    try flush()
    try file.close()
  }

  private func flush() throws {
    try file.write(contentsOf: waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  private func text(_ day: CivilDate?) -> String { day.map { "\"\($0)\"" } ?? "null" }
}
