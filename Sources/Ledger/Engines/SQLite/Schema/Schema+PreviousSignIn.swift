extension Schema {
  /// When an account signed in before it did last, so that its owner can see whether that was them.
  static let previousSignIn =
    "ALTER TABLE account ADD COLUMN previous_login INTEGER NOT NULL DEFAULT 0"
}
