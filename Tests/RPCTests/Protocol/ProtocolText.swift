import Foundation

/// `Protos/PROTOCOL.md`, as a test reads it: its named blocks of bytes and its tables.
struct ProtocolText {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  let text: String
  /// The ```` ```hex NAME ```` blocks.
  private(set) var examples: [String: [UInt8]] = [:]
  /// The cells of every row of every table, without backquotes.
  private(set) var rows: [[String]] = []
  /// The lines of the ```` ```text scram ```` block.
  private(set) var scram: [String] = []

  init() throws {
    let file = ProtocolText.root.appendingPathComponent("Protos/PROTOCOL.md")
    text = try String(contentsOf: file, encoding: .utf8)
    var block: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        block = block == nil ? String(line.dropFirst(3)) : nil
        if let name = block.flatMap(ProtocolText.name) { examples[name] = [] }
      } else if let name = block.flatMap(ProtocolText.name) {
        examples[name]? += try ProtocolText.bytes(line)
      } else if block == "text scram" {
        scram.append(String(line))
      } else if block == nil, line.hasPrefix("|") {
        let cells = line.dropFirst().dropLast().split(
          separator: "|", omittingEmptySubsequences: false)
        rows.append(
          cells.map {
            $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
          })
      }
    }
  }

  /// Whether a row begins with these cells.
  func hasRow(_ cells: String...) -> Bool {
    rows.contains { $0.count >= cells.count && Array($0.prefix(cells.count)) == cells }
  }

  /// The first row whose first cell is this.
  func row(_ first: String) -> [String]? { rows.first { $0.first == first } }

  /// The rows of every table whose first heading is this.
  func rows(below heading: String) -> [[String]] {
    var found: [[String]] = []
    var isBelow = false
    for (index, row) in rows.enumerated() {
      let next = index + 1 < rows.count ? rows[index + 1].first ?? "" : ""
      if next.hasPrefix("--") {
        isBelow = row.first == heading
      } else if isBelow, row.first?.hasPrefix("--") == false {
        found.append(row)
      }
    }
    return found
  }

  private static func name(_ info: String) -> String? {
    info.hasPrefix("hex ") ? String(info.dropFirst(4)) : nil
  }

  /// Bytes in hexadecimal, separated by spaces, up to a `#`.
  static func bytes(_ line: some StringProtocol) throws -> [UInt8] {
    let code = line.split(separator: "#", omittingEmptySubsequences: false).first ?? ""
    return try code.split(separator: " ").map { pair in
      guard pair.utf8.count == 2, let byte = UInt8(pair, radix: 16) else {
        throw NotHexadecimal(text: String(pair))
      }
      return byte
    }
  }

  struct NotHexadecimal: Error { let text: String }
}
