/// All code tables, by name.
public struct CodeTables: Hashable, Sendable {
  private let tables: [String: CodeTable]

  /// Tables from text: table, standard, code, name and confidence a line, between tabs.
  ///
  /// Lines that cannot be read are left out.
  public init(_ source: StaticString) {
    let text = source.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    var tables: [String: CodeTable] = [:]
    for line in text.split(separator: "\n") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count == 5, let confidence = CodeTable.Confidence(rawValue: columns[4]) else {
        continue
      }
      let entry = CodeTable.Entry(code: columns[2], name: columns[3], confidence: confidence)
      tables[columns[0], default: CodeTable(name: columns[0], standard: columns[1], entries: [])]
        .entries.append(entry)
    }
    self.tables = tables
  }

  /// The table of a name.
  public subscript(name: String) -> CodeTable? { tables[name] }

  /// The names, in order.
  public var names: [String] { tables.keys.sorted() }
}
