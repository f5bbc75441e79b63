internal import Dispatch
internal import GRDB
internal import GRDBSQLite

/// Copies the write-ahead log back into the file, so that it begins anew.
///
/// The writer does it behind a commit, as SQLite does by itself, while there is little to copy. Where
/// a long reader (a backup) has let the log grow, all of it would hold up the writer for as long as the
/// disk needs: then a connection of its own copies, beside the writer, until little is left.
final class SQLiteCheckpoints: @unchecked Sendable {
  private struct State {
    /// Pages of the log that are in the file already.
    var copied = 0
    /// Pages that the log had at the last commit: fewer than before means that it began anew.
    var pages = 0
    /// Whether the other connection copies.
    var isAway = false
    var isClosed = false
  }

  private let path: String
  private let mayLeaveThread: Bool
  private let state = Guarded(State())
  private let queue = DispatchQueue(label: "Ledger.checkpoints")

  /// - `mayLeaveThread`: whether work may go to a thread of its own.
  init(path: String, mayLeaveThread: Bool) {
    self.path = path
    self.mayLeaveThread = mayLeaveThread
  }

  /// Follows the commits of a connection, which must be closed before this object goes.
  func follow(_ database: Database) {
    let own = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_wal_hook(
      database.sqliteConnection,
      { own, connection, _, pages in
        if let own {
          Unmanaged<SQLiteCheckpoints>.fromOpaque(own).takeUnretainedValue()
            .committed(connection, pages: Int(pages))
        }
        return SQLITE_OK
      }, own)
  }

  /// Waits for what is under way; nothing begins any more.
  func close() {
    state.withLock { $0.isClosed = true }
    queue.sync {}
  }

  private enum Next { case nothing, here, away }

  private func committed(_ connection: OpaquePointer?, pages: Int) {
    let next = state.withLock { state -> Next in
      if pages < state.pages { state.copied = 0 }
      state.pages = pages
      if pages < SQLiteLimits.checkpointPages || state.isAway { return .nothing }
      let left = pages - state.copied
      if left < SQLiteLimits.checkpointPagesOfWriter || !mayLeaveThread { return .here }
      if state.isClosed { return .nothing }
      state.isAway = true
      return .away
    }
    switch next {
    case .nothing: return
    case .here: copy(on: connection)
    case .away: queue.async { self.copyAway() }
    }
  }

  /// Copies what no reader holds back; whether that was something.
  @discardableResult
  private func copy(on connection: OpaquePointer?) -> Bool {
    var (pages, copied): (Int32, Int32) = (-1, -1)
    // Where another connection copies, or the disk fails, the next commit tries again.
    let code = sqlite3_wal_checkpoint_v2(
      connection, nil, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied)
    guard code == SQLITE_OK, copied >= 0 else { return false }
    return state.withLock { state in
      // The log may have begun anew meanwhile: then it is shorter than what was copied.
      let reached = min(Int(copied), state.pages)
      defer { state.copied = reached }
      return reached > state.copied
    }
  }

  private func copyAway() {
    defer { state.withLock { $0.isAway = false } }
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      return
    }
    // A connection that has read nothing yet does not know that there is a log.
    sqlite3_exec(connection, "SELECT count(*) FROM sqlite_master", nil, nil, nil)
    while copy(on: connection) {
      let isEnough = state.withLock {
        $0.isClosed || $0.pages - $0.copied < SQLiteLimits.checkpointPages
      }
      if isEnough { return }
    }
  }
}
