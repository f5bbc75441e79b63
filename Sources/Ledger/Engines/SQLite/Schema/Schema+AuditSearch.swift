extension Schema {
  /// What the accounts of this node did, and when: only what it has written itself, so that a relay
  /// pays nothing for what it passes on.
  static let auditSearch = """
    CREATE INDEX item_event_written ON item_event (account, at) WHERE seal = x'';
    CREATE INDEX letter_event_written ON letter_event (account, at) WHERE seal = x'';
    """
}
