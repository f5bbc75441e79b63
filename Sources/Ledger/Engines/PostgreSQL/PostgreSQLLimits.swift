/// How the server is used: what, unit, why.
enum PostgreSQLLimits {
  /// Connections that read at the same time.
  ///
  /// As many as the engine of one file has: two cores.
  static let readers = 4

  /// Statements that are sent without anybody asking for their results, at most.
  ///
  /// Then they are collected. A result is some 50 bytes: this many never fill a socket's buffer.
  static let uncollectedStatements = 256

  /// How long a connection may take to be made, in seconds; each address has as long.
  static let connectSeconds = 5

  /// How long what was sent may stay unacknowledged by the other machine before the connection counts
  /// as lost, in milliseconds.
  static let silenceMilliseconds = 15_000

  /// How long a node waits for the claim of one that has just been killed to be gone, in
  /// milliseconds: the server notices it at once where both are on one machine.
  static let claimMilliseconds = 1000

  /// How long to look for the outcome of a commit whose answer was lost, in seconds: a fail-over
  /// takes some 30.
  static let outcomeSeconds = 60.0

  /// Between two attempts at that, in microseconds.
  static let outcomePauseMicroseconds: UInt32 = 200_000

  /// The oldest server that has all that is asked of it (`pg_current_xact_id`), as it numbers itself.
  static let oldestServer: Int32 = 130_000
}
