extension Schema {
  /// Requests of the nodes below for certificates, one for each; the trust of the network, as its
  /// authority has signed it; and which trust each node goes by.
  ///
  /// `kind` holds the numbers of `Credentials/Rotations/RotationKind`. `issued` is empty until the
  /// authority has answered. Times are milliseconds since 1970; `applied` 0 means not yet.
  static let keys = """
    ALTER TABLE rotation ADD COLUMN kind INTEGER NOT NULL DEFAULT 1 CHECK (kind BETWEEN 1 AND 2);
    ALTER TABLE node ADD COLUMN trust INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE certificate_request (
      division TEXT PRIMARY KEY NOT NULL,
      request BLOB NOT NULL,
      certificate BLOB NOT NULL,
      asked INTEGER NOT NULL,
      issued BLOB NOT NULL DEFAULT x''
    );
    CREATE TABLE trust_bundle (
      number INTEGER PRIMARY KEY NOT NULL,
      bundle BLOB NOT NULL,
      at INTEGER NOT NULL,
      applied INTEGER NOT NULL DEFAULT 0
    );
    """
}
