extension Schema {
  /// The rotations of this node's credentials at the nodes above: one at a time for each.
  ///
  /// `step` holds the numbers of `Credentials/Rotations/RotationStep`; `overlap` is in seconds, times
  /// are milliseconds since 1970. No password is here, nor what it could be guessed from.
  static let rotations = """
    CREATE TABLE rotation (
      number INTEGER PRIMARY KEY,
      peer TEXT NOT NULL,
      step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 7),
      overlap INTEGER NOT NULL,
      begun INTEGER NOT NULL,
      by TEXT NOT NULL,
      changed INTEGER NOT NULL,
      until INTEGER NOT NULL DEFAULT 0,
      failure TEXT NOT NULL DEFAULT '',
      is_over INTEGER GENERATED ALWAYS AS (step IN (5, 7)) VIRTUAL
    );
    CREATE UNIQUE INDEX rotation_open ON rotation (peer) WHERE NOT is_over;
    """
}
