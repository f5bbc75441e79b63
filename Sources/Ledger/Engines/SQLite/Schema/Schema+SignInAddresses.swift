extension Schema {
  /// From where an account signed in last, and before that, so that its owner can see whether that was
  /// them.
  static let signInAddresses = """
    ALTER TABLE account ADD COLUMN last_address TEXT NOT NULL DEFAULT '';
    ALTER TABLE account ADD COLUMN previous_address TEXT NOT NULL DEFAULT '';
    """
}
