extension PostgreSQLSchema {
  /// Items, what happened to them, and what the figures of cycles count.
  static let items =
    [
      """
      CREATE TABLE item (
        number BIGINT PRIMARY KEY,
        \(id),
        kind BIGINT NOT NULL,
        category BIGINT NOT NULL,
        from_county TEXT NOT NULL,
        to_county TEXT NOT NULL,
        entered_at TEXT NOT NULL,
        asked_at TEXT NOT NULL DEFAULT '',
        assigned_to TEXT NOT NULL,
        taken_from TEXT NOT NULL DEFAULT '',
        inbound BOOLEAN NOT NULL,
        outbound BOOLEAN NOT NULL,
        state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 10),
        urgency BIGINT NOT NULL,
        occurred BIGINT NOT NULL,
        submitted BIGINT NOT NULL,
        due BIGINT NOT NULL,
        feedback_required BOOLEAN NOT NULL,
        cycle TEXT NOT NULL,
        profile TEXT NOT NULL,
        finding BIGINT NOT NULL,
        substantiated BOOLEAN NOT NULL,
        masked_name TEXT NOT NULL,
        masked_citizen_id TEXT NOT NULL,
        subject_key TEXT NOT NULL,
        time_entered BIGINT NOT NULL DEFAULT 0,
        time_submitted BIGINT NOT NULL DEFAULT 0,
        time_relayed BIGINT NOT NULL DEFAULT 0,
        time_delivered BIGINT NOT NULL DEFAULT 0,
        time_received BIGINT NOT NULL DEFAULT 0,
        time_assigned BIGINT NOT NULL DEFAULT 0,
        time_answered BIGINT NOT NULL DEFAULT 0,
        time_closed BIGINT NOT NULL DEFAULT 0,
        time_refused BIGINT NOT NULL DEFAULT 0,
        time_withdrawn BIGINT NOT NULL DEFAULT 0,
        heads BYTEA NOT NULL DEFAULT '',
        without_effect BIGINT NOT NULL DEFAULT 0,
        removed BIGINT NOT NULL DEFAULT 0,
        to_decide BIGINT NOT NULL DEFAULT 0,
        to_erase BOOLEAN NOT NULL DEFAULT FALSE,
        done BIGINT GENERATED ALWAYS AS (
          CASE state WHEN 8 THEN time_closed WHEN 9 THEN time_refused WHEN 10 THEN time_withdrawn
            ELSE 0 END) STORED,
        awaits BIGINT GENERATED ALWAYS AS (
          CASE WHEN state BETWEEN 2 AND 4 THEN 1
               WHEN state BETWEEN 5 AND 6 AND feedback_required THEN 2
               ELSE 0 END) STORED
      )
      """,
      "CREATE INDEX item_in ON item (due, number) WHERE inbound",
      "CREATE INDEX item_out ON item (due, number) WHERE outbound",
      "CREATE INDEX item_waiting ON item (due, number) WHERE awaits <> 0",
      "CREATE INDEX item_assigned ON item (assigned_to, due, number) WHERE assigned_to <> ''",
      "CREATE INDEX item_subject ON item (subject_key) WHERE subject_key <> ''",
      "CREATE INDEX item_state ON item (state, due, number, inbound, outbound)",
      "CREATE INDEX item_without_effect ON item (due, number) WHERE without_effect > 0",
      "CREATE INDEX item_to_decide ON item (due, number) WHERE to_decide > 0",
      "CREATE INDEX item_to_erase ON item (number) WHERE to_erase AND removed = 0",
      "CREATE INDEX item_done ON item (done, number) WHERE done > 0 AND removed = 0",
      "CREATE INDEX item_submitted ON item (submitted, number) WHERE submitted > 0",
      "CREATE INDEX item_asked ON item (to_county, submitted, number) WHERE submitted > 0",
      "CREATE INDEX item_asking ON item (from_county, submitted, number) WHERE submitted > 0",
      """
      CREATE TABLE item_event (
        \(number),
        \(id),
        item BIGINT NOT NULL,
        kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 13),
        at BIGINT NOT NULL,
        \(actor),
        note TEXT NOT NULL,
        body BYTEA NOT NULL,
        follows BYTEA NOT NULL DEFAULT '',
        seal BYTEA NOT NULL DEFAULT '',
        page BIGINT NOT NULL DEFAULT 0,
        entry BIGINT NOT NULL DEFAULT 0,
        body_digest BYTEA NOT NULL DEFAULT ''
      )
      """,
      "CREATE INDEX item_event_item ON item_event (item, number)",
      "CREATE INDEX item_event_written ON item_event (account, at, number) WHERE seal = ''",
      final(
        .itemEvent, "an event never changes",
        unless: """
          OLD.body_digest = '' AND length(NEW.body_digest) = 32 AND NEW.body = ''
          AND NEW.number = OLD.number AND NEW.id = OLD.id AND NEW.item = OLD.item
          AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.account = OLD.account
          AND NEW.role = OLD.role AND NEW.division = OLD.division AND NEW.note = OLD.note
          AND NEW.follows = OLD.follows AND NEW.seal = OLD.seal AND NEW.page = OLD.page
          AND NEW.entry = OLD.entry
          """),
      """
      CREATE TABLE due_change (
        \(number),
        item BIGINT NOT NULL,
        at BIGINT NOT NULL,
        old BIGINT NOT NULL,
        new BIGINT NOT NULL,
        reason TEXT NOT NULL,
        deadlines BYTEA NOT NULL
      )
      """,
      "CREATE INDEX due_change_item ON due_change (item, number)",
      "CREATE INDEX due_change_at ON due_change (at)",
      """
      CREATE TABLE spot_check (
        \(number),
        item BIGINT NOT NULL,
        at BIGINT NOT NULL,
        \(actor),
        outcome BIGINT NOT NULL,
        note TEXT NOT NULL
      )
      """,
      "CREATE INDEX spot_check_item ON spot_check (item, number)",
      final(.spotCheck, "a spot check never changes"),
    ] + figures

  private static let figures = [
    """
    CREATE TABLE figure (
      cycle BIGINT NOT NULL,
      whole_county BOOLEAN NOT NULL,
      place TEXT NOT NULL,
      day BIGINT NOT NULL,
      submitted BIGINT NOT NULL,
      asked BIGINT NOT NULL,
      feedback_required BIGINT NOT NULL,
      queries BIGINT NOT NULL,
      received BIGINT NOT NULL,
      answered BIGINT NOT NULL,
      queries_answered BIGINT NOT NULL,
      answered_late BIGINT NOT NULL,
      not_found BIGINT NOT NULL,
      substantiated BIGINT NOT NULL,
      due BIGINT NOT NULL,
      due_in_time BIGINT NOT NULL,
      PRIMARY KEY (cycle, whole_county, place, day)
    )
    """,
    """
    CREATE TABLE figure_version (
      cycle BIGINT NOT NULL,
      county TEXT NOT NULL,
      version BIGINT NOT NULL,
      frozen BIGINT NOT NULL,
      rules TEXT NOT NULL,
      digest BYTEA NOT NULL CHECK (length(digest) = 32),
      counts BYTEA NOT NULL,
      PRIMARY KEY (cycle, county, version)
    )
    """,
    final(.figureVersion, "a version never changes"),
  ]
}
