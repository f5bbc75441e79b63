extension Schema {
  /// Traces by who left them and by when (G2): their times need not follow their numbers.
  static let traceSearch = """
    CREATE INDEX trace_account ON trace (account, at);
    CREATE INDEX trace_at ON trace (at);
    """
}
