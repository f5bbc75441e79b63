internal import CPostgreSQL

/// What the server and libpq report, as one line that names the place and the remedy.
struct PostgreSQLFailures: Sendable {
  let place: String

  var notALedger: LedgerFailure {
    LedgerFailure(
      .notALedger,
      "the database \(place) has tables that are not those of a ledger of Xiecha; name another one, "
        + "or make an empty one (createdb)")
  }

  var inUse: LedgerFailure {
    LedgerFailure(
      .inUse,
      "the ledger \(place) is in use by another node; stop that one, or name another database")
  }

  func unreadable(_ cause: String) -> LedgerFailure {
    LedgerFailure(
      .unreadable,
      "cannot open the ledger \(place): \(cause); look at the server, at the role's rights and at its "
        + "password (passfile=FILE)")
  }

  func wrongText(encoding: String, collation: String) -> LedgerFailure {
    LedgerFailure(
      .unreadable,
      "the database \(place) has the encoding \(encoding) and the collation \(collation), which would "
        + "order codes otherwise than the nodes do; make it with: createdb --template=template0 "
        + "--encoding=UTF8 --locale=C")
  }

  func oldServer(_ version: Int32) -> LedgerFailure {
    LedgerFailure(
      .unreadable,
      "the server of the ledger \(place) is PostgreSQL \(version / 10_000); 13 or a later one is needed"
    )
  }

  /// What is done by the server's own tools and not by this program.
  func isTheServers(_ work: String) -> LedgerFailure {
    LedgerFailure(
      .invalid,
      "\(work) is not done for the ledger \(place): PostgreSQL has its own tools for it "
        + "(pg_basebackup and the archive of its log, or pg_dump)")
  }

  var sizeIsTheServers: LedgerFailure {
    LedgerFailure(
      .invalid,
      "a largest size cannot be set for the ledger \(place): limit the server's disk instead")
  }

  /// The connection is gone; whatever was under way on it is not kept.
  func lost(_ cause: String) -> EngineFailure {
    EngineFailure(failure: .busy("its database does not answer (\(cause))"), concernsAll: true)
  }

  func unknownOutcome(_ cause: String) -> EngineFailure {
    EngineFailure(
      failure: LedgerFailure(
        .storage,
        "the database \(place) was lost while it committed and did not come back (\(cause)): whether "
          + "this was kept is not known; when it is back, do the same again, which does nothing twice"
      ),
      concernsAll: true)
  }

  /// What a failed result says.
  func failure(_ result: OpaquePointer?) -> EngineFailure {
    let state = Self.field(result, Int32(CPOSTGRESQL_STATE))
    let cause = Self.field(result, Int32(CPOSTGRESQL_MESSAGE))
    return EngineFailure(
      failure: failure(state, cause), concernsAll: Self.concernsAll(state))
  }

  private func failure(_ state: String, _ cause: String) -> LedgerFailure {
    switch state {
    case "53100": return diskFull
    case "55P03": return .busy("another program writes to it")
    case "40001", "40P01", "53200", "53300": return .busy(cause)
    case "25006":
      return LedgerFailure(
        .readOnly, "cannot write the ledger \(place): \(cause); name the server that takes writes")
    case "42501": return unreadable(cause)
    case "XX001", "XX002":
      return .damaged(place, cause)
    // The server stops, starts, or cannot be reached.
    case let other where other.hasPrefix("57P") || other.hasPrefix("08"):
      return .busy("its database does not answer (\(cause))")
    case let other where other.hasPrefix("54"):
      return .tooLong
    case let other where ["22", "23", "P0"].contains(other.prefix(2)):
      return .notAllowed(cause)
    default:
      return LedgerFailure(
        .storage,
        "the ledger \(place) cannot be used (\(cause), SQLSTATE \(state)); look at its server, then "
          + "try again")
    }
  }

  private var diskFull: LedgerFailure {
    LedgerFailure(
      .diskFull,
      "no space left for the ledger \(place); nothing of this was kept: free space on its server's "
        + "disk, then try again")
  }

  /// Whether the error is about the server, so that the whole transaction fails with it, and not about
  /// the one statement that met it: data, rules of the schema, the text of a statement.
  private static func concernsAll(_ state: String) -> Bool {
    !["22", "23", "42", "54", "P0", "0A"].contains(state.prefix(2)) || state == "42501"
  }

  private static func field(_ result: OpaquePointer?, _ code: Int32) -> String {
    PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
  }
}
