extension Schema {
  /// What an event follows, how its author knows it again, and how an item stands by its events:
  /// `heads` is empty for items of before.
  static let histories = """
    ALTER TABLE item_event ADD COLUMN follows BLOB NOT NULL DEFAULT x'';
    ALTER TABLE item_event ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
    ALTER TABLE item ADD COLUMN heads BLOB NOT NULL DEFAULT x'';
    ALTER TABLE item ADD COLUMN without_effect INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX item_without_effect ON item (due) WHERE without_effect > 0;
    INSERT INTO setting VALUES ('seal', lower(hex(randomblob(32))));
    """

  /// The digest of all that was put into an outbox or came from one, up to a sequence; and what a
  /// neighbour has set aside of what it was told.
  static let objections = """
    ALTER TABLE outbox ADD COLUMN head BLOB NOT NULL DEFAULT x'';
    ALTER TABLE outbox_peer ADD COLUMN head BLOB NOT NULL DEFAULT x'';
    ALTER TABLE outbox_peer ADD COLUMN acknowledged_head BLOB NOT NULL DEFAULT x'';
    ALTER TABLE inbox ADD COLUMN head BLOB NOT NULL DEFAULT x'';

    CREATE TABLE objection (
      peer TEXT NOT NULL,
      outbox TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      event BLOB,
      item BLOB,
      at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      field TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (peer, outbox, sequence)
    ) WITHOUT ROWID;
    CREATE INDEX objection_item ON objection (item) WHERE item IS NOT NULL;
    CREATE INDEX quarantine_item ON quarantine (item) WHERE item IS NOT NULL;
    """
}
