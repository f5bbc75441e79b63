/// What makes a store an older one again: the columns of the newest versions, and what stands on them,
/// go before those of earlier ones can.
enum OlderStore {
  /// From before anything was removed (G6), or erased on request (PIPL 47).
  static let withoutRemoval = """
    DELETE FROM grdb_migrations WHERE identifier IN ('10 removal', '11 person rights');
    DROP INDEX item_to_erase; DROP INDEX item_to_decide;
    ALTER TABLE item DROP COLUMN to_erase; ALTER TABLE item DROP COLUMN to_decide;
    PRAGMA writable_schema = ON;
    UPDATE sqlite_master SET sql = replace(sql, 'BETWEEN 1 AND 13', 'BETWEEN 1 AND 11')
      WHERE name = 'item_event';
    PRAGMA writable_schema = RESET;
    DROP TRIGGER item_event_is_final; DROP TRIGGER trace_is_final;
    DROP INDEX item_done; ALTER TABLE item DROP COLUMN done; ALTER TABLE item DROP COLUMN removed;
    ALTER TABLE item_event DROP COLUMN body_digest;
    ALTER TABLE trace DROP COLUMN salt; ALTER TABLE trace DROP COLUMN person_digest;
    CREATE TRIGGER item_event_is_final BEFORE UPDATE ON item_event
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
    CREATE TRIGGER trace_is_final BEFORE UPDATE ON trace
    BEGIN SELECT RAISE(ABORT, 'the trace never changes'); END;

    """
}
