extension Schema {
  /// SHA-256 of the certificate that a node is to use next, beside the one that it has; empty: none.
  static let certificates = "ALTER TABLE node ADD COLUMN coming BLOB NOT NULL DEFAULT x''"
}
