extension Schema {
  /// Which store of a peer is told everything: `store` is the identity of its outbox, empty before
  /// it has spoken.
  ///
  /// `catch_up` is the row of the last item whose history was put into the outbox, while there are
  /// more; null: none are left.
  static let catchUp = """
    ALTER TABLE outbox_peer ADD COLUMN store TEXT NOT NULL DEFAULT '';
    ALTER TABLE outbox_peer ADD COLUMN catch_up INTEGER;
    """
}
