extension Statement {
  static let dismiss = Statement(
    "put away what was set aside",
    """
    UPDATE quarantine SET dismissed = ?, dismissed_by = ?, dismissed_why = ?
    WHERE peer = ? AND sequence = ? AND dismissed = 0
    """)
  static let setAsideAt = Statement(
    "what was set aside of a peer at a sequence",
    """
    SELECT \(QuarantineTable.columns.selected) FROM quarantine WHERE peer = ? AND sequence = ?
    ORDER BY number
    """)
  static let dismissedSince = Statement(
    "what was put away since a time",
    """
    SELECT \(QuarantineTable.columns.selected) FROM quarantine WHERE dismissed >= ?
    ORDER BY number LIMIT ?
    """)
}

extension LedgerReader {
  /// What was set aside under a sequence of a peer's outbox, put away or not; several where the peer
  /// had several stores.
  public func setAside(of peer: String, at sequence: UInt64) throws -> [QuarantinedEvent] {
    try rows(.setAsideAt, [.text(peer), .integer(Int64(clamping: sequence))]) {
      try QuarantineTable.columns.record($0)
    }
  }

  /// What was put away since a time (milliseconds since 1970), at most a page.
  public func dismissed(since time: Int64) throws -> [QuarantinedEvent] {
    try rows(.dismissedSince, [.integer(max(1, time)), .integer(LedgerLimits.pageRows)]) {
      try QuarantineTable.columns.record($0)
    }
  }

  /// Another word whenever an administrator has looked after what was set aside.
  public func quarantineVersion() throws -> String { try value(of: .quarantine) ?? "" }
}

extension LedgerTransaction {
  /// Puts away what was set aside under a sequence of a peer's outbox: it is tried no more.
  ///
  /// - Returns: how many, those that were put away before not counted.
  public func dismiss(
    _ sequence: UInt64, of peer: String, _ dismissal: QuarantinedEvent.Dismissal
  ) throws -> Int {
    try askForAttention(at: dismissal.at)
    return try change(
      .dismiss,
      [
        .integer(dismissal.at), .text(dismissal.by), .text(dismissal.reason), .text(peer),
        .integer(Int64(clamping: sequence)),
      ])
  }

  /// Asks the node to try again what was set aside, and to tell its neighbours what was put away: at
  /// once where it runs, else when it starts.
  public func askForAttention(at time: Int64) throws {
    try keep(.quarantine, "\(time) \(UInt32.random(in: .min ... .max))")
  }
}
