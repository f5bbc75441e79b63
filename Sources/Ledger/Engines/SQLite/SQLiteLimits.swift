/// How the file is used: what, unit, why.
enum SQLiteLimits {
  /// Connections that read at the same time.
  ///
  /// Two cores: more only take memory.
  static let readers = 4

  /// The page cache of one connection, in KiB.
  static let cacheKibibytes = 16 * 1024

  /// The size of a page, in bytes.
  static let pageBytes = 4096

  /// Pages in the write-ahead log before SQLite copies them back.
  ///
  /// 4000 (16 MiB) instead of the usual 1000: hot pages are copied a quarter as often, and recovery
  /// still takes under a second.
  static let checkpointPages = 4000

  /// Pages of the log that the writer copies back itself, at most: with more (a long reader held them
  /// back) another connection does it, because 32 MiB are some 30 ms of a plain disk.
  static let checkpointPagesOfWriter = 2 * checkpointPages
}
