public import Credentials

extension Statement {
  static let seal = Statement(
    "the secret of the seals",
    "SELECT name, value FROM setting WHERE name = 'seal' OR name = 'sealed since'")
  static let sealSince = Statement(
    "note since when events are sealed",
    """
    INSERT INTO setting (name, value) VALUES ('sealed since', ?)
    ON CONFLICT (name) DO NOTHING
    """)
}

extension LedgerReader {
  /// By what this ledger's node knows its own events again, when they come back to it.
  public func seal() throws -> NodeSeal {
    let settings = try rows(.seal) { ($0.text(0), $0.text(1)) }
    let values = Dictionary(settings, uniquingKeysWith: { $1 })
    return NodeSeal(
      values["seal"] ?? "", since: values["sealed since"].flatMap { Int64($0) } ?? 0)
  }
}

extension LedgerTransaction {
  /// Notes that the node seals its events from a time on, where that was not noted yet.
  public func seal(since time: Int64) throws {
    try change(.sealSince, [.text("\(time)")])
  }
}
