extension Schema {
  /// Items and what happened to them.
  ///
  /// `kind`, `category`, `urgency`, `finding`, `state` and an event's `kind` hold the numbers of
  /// Protos/item.proto and operator.proto. Dates are yyyymmdd, 0 absent; `due` has 99999999 instead, so
  /// that items without a date come last. Times are milliseconds since 1970, 0 not yet.
  ///
  /// `awaits` is what the item still needs, from whichever side: 1 receipt, 2 feedback (S6.6: an overdue
  /// item goes on waiting). The bodies are kept once, in the events.
  static let items = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE setting (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE item (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      kind INTEGER NOT NULL,
      category INTEGER NOT NULL,
      from_county TEXT NOT NULL,
      to_county TEXT NOT NULL,
      entered_at TEXT NOT NULL,
      assigned_to TEXT NOT NULL,
      inbound INTEGER NOT NULL,
      outbound INTEGER NOT NULL,
      state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 9),
      urgency INTEGER NOT NULL,
      occurred INTEGER NOT NULL,
      submitted INTEGER NOT NULL,
      due INTEGER NOT NULL,
      feedback_required INTEGER NOT NULL,
      cycle TEXT NOT NULL,
      profile TEXT NOT NULL,
      finding INTEGER NOT NULL,
      substantiated INTEGER NOT NULL,
      masked_name TEXT NOT NULL,
      masked_citizen_id TEXT NOT NULL,
      subject_key TEXT NOT NULL,
      time_entered INTEGER NOT NULL DEFAULT 0,
      time_submitted INTEGER NOT NULL DEFAULT 0,
      time_relayed INTEGER NOT NULL DEFAULT 0,
      time_delivered INTEGER NOT NULL DEFAULT 0,
      time_received INTEGER NOT NULL DEFAULT 0,
      time_assigned INTEGER NOT NULL DEFAULT 0,
      time_answered INTEGER NOT NULL DEFAULT 0,
      time_closed INTEGER NOT NULL DEFAULT 0,
      time_refused INTEGER NOT NULL DEFAULT 0,
      awaits INTEGER GENERATED ALWAYS AS (
        CASE WHEN state BETWEEN 2 AND 4 THEN 1
             WHEN state BETWEEN 5 AND 6 AND feedback_required THEN 2
             ELSE 0 END) VIRTUAL
    );
    CREATE INDEX item_in ON item (due) WHERE inbound;
    CREATE INDEX item_out ON item (due) WHERE outbound;
    CREATE INDEX item_waiting ON item (due) WHERE awaits <> 0;
    CREATE INDEX item_assigned ON item (assigned_to, due) WHERE assigned_to <> '';
    CREATE INDEX item_subject ON item (subject_key) WHERE subject_key <> '';
    CREATE INDEX item_state ON item (state, due, number, inbound, outbound);

    CREATE TABLE item_event (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      item INTEGER NOT NULL REFERENCES item (number),
      kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 10),
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      note TEXT NOT NULL,
      body BLOB NOT NULL
    );
    CREATE INDEX item_event_item ON item_event (item);
    CREATE TRIGGER item_event_is_final BEFORE UPDATE ON item_event
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
    """
}
