/// How a record's versions lie in their rows: what all versions share, and the version itself.
enum RecordTable {
  private static let blank = RecordVersion(
    record: .blank, subjectKey: "", category: 0, at: 0, actor: .blank, body: [])

  /// What the versions share.
  static let shared = Columns(
    .record, readingFrom: blank,
    [Column("id", \.record), Column("subject_key", \.subjectKey), Column("category", \.category)])

  /// One version.
  static let version = Columns(
    .recordVersion, readingFrom: blank,
    [
      Column("version", \.version), Column("withdrawn", \.isWithdrawn), Column("at", \.at),
    ] + Column.actor(\.actor) + [
      Column("source_item", \.sourceItem), Column("note", \.note), Column("body", \.body),
    ])

  static let selected = "\(shared.selected), \(version.selected)"
  static let count = shared.count + version.count

  /// Records with all their versions.
  static let joined = "record JOIN record_version ON record_version.record = record.number"
  /// Records with their current version only.
  static let current = "\(joined) AND record_version.version = record.current"

  /// A version, from ``selected``.
  static func version(_ row: any EngineRow) throws -> RecordVersion {
    var record = try shared.record(row)
    try version.read(row, at: shared.count, into: &record)
    return record
  }
}
