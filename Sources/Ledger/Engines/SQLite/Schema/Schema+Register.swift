extension Schema {
  /// The register of typed records: every version is kept, with who and when (S12.1).
  ///
  /// A merge of duplicates is a row of its own that moves nothing, so that it can be taken back
  /// (S12.3).
  static let register = """
    CREATE TABLE record (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      subject_key TEXT NOT NULL,
      category INTEGER NOT NULL,
      current INTEGER NOT NULL
    );
    CREATE INDEX record_subject ON record (subject_key, category);

    CREATE TABLE record_version (
      number INTEGER PRIMARY KEY,
      record INTEGER NOT NULL REFERENCES record (number),
      version INTEGER NOT NULL,
      withdrawn INTEGER NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      source_item BLOB,
      note TEXT NOT NULL,
      body BLOB NOT NULL,
      UNIQUE (record, version)
    );
    CREATE TRIGGER record_version_is_final BEFORE UPDATE ON record_version
    BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;

    CREATE TABLE subject_merge (
      number INTEGER PRIMARY KEY,
      merged TEXT NOT NULL,
      into_key TEXT NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      reason TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0,
      undone_by TEXT NOT NULL DEFAULT '',
      CHECK (merged <> into_key)
    );
    CREATE UNIQUE INDEX subject_merge_merged ON subject_merge (merged) WHERE undone = 0;
    CREATE INDEX subject_merge_into ON subject_merge (into_key) WHERE undone = 0;
    """
}
