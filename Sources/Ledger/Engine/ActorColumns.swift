extension Column {
  /// Who did something, in its three columns.
  static func actor(
    _ field: any WritableKeyPath<Record, LedgerActor> & Sendable
  ) -> [Column<Record>] {
    func text(
      _ name: String, _ part: any WritableKeyPath<LedgerActor, String> & Sendable
    ) -> Column<Record> {
      Column(
        name, value: { .text($0[keyPath: field][keyPath: part]) },
        read: { record, row, place in
          record[keyPath: field][keyPath: part] = row.text(place)
          return true
        })
    }
    return [text("account", \.account), text("role", \.role), text("division", \.division)]
  }
}

extension LedgerActor {
  /// What reading starts from.
  static let blank = LedgerActor(account: "", role: "", division: "")
}

extension LedgerID {
  /// What reading starts from.
  static let blank = LedgerID(high: 0, low: 0)
}
