extension Schema {
  /// Of which request an event on its way comes (W3C Trace Context, 26 bytes; empty: not known); and
  /// what a neighbour's last hello told: when (milliseconds since 1970, 0: never), how far its clock
  /// was ahead in milliseconds, and the version of its program.
  static let requests = """
    ALTER TABLE outbox ADD COLUMN trace BLOB NOT NULL DEFAULT x'';
    ALTER TABLE outbox_peer ADD COLUMN met INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox_peer ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox_peer ADD COLUMN program TEXT NOT NULL DEFAULT '';
    """
}
