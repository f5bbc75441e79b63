extension Schema {
  /// What is removed when its time is over (G6): what an event, or a trace, says of a person goes, and
  /// its digest stays in its place, so that the log still proves the rest.
  ///
  /// `removed` and `done` are milliseconds since 1970, 0: not; `done` is when an item came to its end.
  /// A trace with a `salt` holds what it says of a person as a salted digest; older ones, without one,
  /// stay as they are.
  static let removal = """
    ALTER TABLE item ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE item ADD COLUMN done INTEGER GENERATED ALWAYS AS (
      CASE state WHEN 8 THEN time_closed WHEN 9 THEN time_refused WHEN 10 THEN time_withdrawn
        ELSE 0 END) VIRTUAL;
    CREATE INDEX item_done ON item (done) WHERE done > 0 AND removed = 0;

    ALTER TABLE item_event ADD COLUMN body_digest BLOB NOT NULL DEFAULT x'';
    DROP TRIGGER item_event_is_final;
    CREATE TRIGGER item_event_is_final BEFORE UPDATE ON item_event
    WHEN NOT (
      OLD.body_digest = x'' AND length(NEW.body_digest) = 32 AND NEW.body = x''
      AND NEW.number = OLD.number AND NEW.id = OLD.id AND NEW.item = OLD.item
      AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.account = OLD.account
      AND NEW.role = OLD.role AND NEW.division = OLD.division AND NEW.note = OLD.note
      AND NEW.follows = OLD.follows AND NEW.seal = OLD.seal AND NEW.page = OLD.page
      AND NEW.entry = OLD.entry)
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;

    ALTER TABLE trace ADD COLUMN salt BLOB NOT NULL DEFAULT x'';
    ALTER TABLE trace ADD COLUMN person_digest BLOB NOT NULL DEFAULT x'';
    DROP TRIGGER trace_is_final;
    CREATE TRIGGER trace_is_final BEFORE UPDATE ON trace
    WHEN NOT (
      OLD.person_digest = x'' AND length(OLD.salt) > 0 AND length(NEW.person_digest) = 32
      AND NEW.salt = x'' AND NEW.purpose = '' AND NEW.subject_key = ''
      AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.account = OLD.account
      AND NEW.role = OLD.role AND NEW.division = OLD.division AND NEW.action = OLD.action
      AND NEW.item IS OLD.item AND NEW.previous = OLD.previous AND NEW.hash = OLD.hash
      AND NEW.page = OLD.page AND NEW.entry = OLD.entry)
    BEGIN SELECT RAISE(ABORT, 'the trace never changes'); END;
    """
}
