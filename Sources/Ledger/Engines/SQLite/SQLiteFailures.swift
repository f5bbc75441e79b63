internal import GRDB
internal import Glibc

/// What SQLite and the system report, as one line that names the file and the remedy.
struct SQLiteFailures: Sendable {
  let path: String

  func opening(_ code: Int32) -> LedgerFailure {
    let cause = String(cString: strerror(code))
    switch code {
    case EROFS:
      return readOnly(cause)
    case ENOSPC, EDQUOT:
      return diskFull
    case ENOENT, ENOTDIR:
      return LedgerFailure(
        .unreadable, "cannot open the ledger \(path): \(cause); create its folder first")
    default:
      return LedgerFailure(
        .unreadable,
        "cannot open the ledger \(path): \(cause); let the node's user read and write the file "
          + "and its folder")
    }
  }

  var notALedger: LedgerFailure {
    LedgerFailure(
      .notALedger, "\(path) is not a ledger of Xiecha; name another file, or move this one away")
  }

  var inUse: LedgerFailure {
    LedgerFailure(
      .inUse, "the ledger \(path) is in use by another node; stop that one, or name another file")
  }

  func readOnly(_ cause: String) -> LedgerFailure {
    LedgerFailure(
      .readOnly,
      "cannot write the ledger \(path): \(cause); let the node's user write the file and its folder"
    )
  }

  var diskFull: LedgerFailure {
    LedgerFailure(
      .diskFull,
      "no space left for the ledger \(path); nothing of this was kept: free space on its disk, then "
        + "try again")
  }

  /// Whatever came out of GRDB as an ``EngineFailure``; everything else passes through.
  func translated(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    return EngineFailure(failure: failure(error), concernsAll: Self.concernsAll(error))
  }

  private func failure(_ error: DatabaseError) -> LedgerFailure {
    let cause = error.message ?? error.resultCode.description
    if error.extendedResultCode == .SQLITE_IOERR_DATA {
      return LedgerFailure(
        .corrupt,
        "a page of the sealed ledger \(path) does not open: it was changed, or its key is not in "
          + "\(DataKeys.path(of: path)); restore the last backup")
    }
    switch error.resultCode {
    case .SQLITE_FULL:
      return diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return .busy("another program writes to it")
    case .SQLITE_NOTADB:
      return notALedger
    case .SQLITE_CORRUPT:
      return .damaged(path, cause)
    case .SQLITE_READONLY:
      return readOnly(cause)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return LedgerFailure(
        .unreadable,
        "cannot open the ledger \(path): \(cause); let the node's user read and write the file and "
          + "its folder")
    case .SQLITE_CONSTRAINT:
      return .notAllowed(cause)
    case .SQLITE_TOOBIG:
      return .tooLong
    default:
      return LedgerFailure(
        .storage,
        "the ledger \(path) cannot be used (\(cause), SQLite code "
          + "\(error.extendedResultCode.rawValue)); look at its disk, then try again")
    }
  }

  /// Whether the error is about the file or the disk, so that the whole transaction fails with it,
  /// and not about the one statement that met it.
  private static func concernsAll(_ error: DatabaseError) -> Bool {
    switch error.resultCode {
    case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_ERROR,
      .SQLITE_MISUSE:
      return false
    default:
      return true
    }
  }
}
