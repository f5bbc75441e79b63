/// What a ledger holds of what comes and goes, beside the items that it is for.
public struct Holdings: Sendable, Hashable {
  /// Accounts, which somebody has made.
  public var accounts: Int
  /// Events of items.
  public var events: Int
  /// Sessions that are remembered; of an account as many as it may have open, and as many
  /// that those have displaced.
  public var sessions: Int
  /// Events of neighbours that were not taken, those put away among them; of a neighbour at most
  /// ``LedgerLimits/quarantinedOfPeer``.
  public var setAside: Int
  /// Their bytes; of a neighbour at most ``LedgerLimits/quarantinedBytesOfPeer``.
  public var setAsideBytes: Int
  /// Objections of neighbours; of a neighbour at most ``LedgerLimits/objectionsOfPeer``.
  public var objections: Int
  /// Places in the outboxes; an event has one at most in each, until the neighbour has it.
  public var waiting: Int
  /// Traces of readings and of administration (G2): none goes.
  public var traces: Int
  /// Pages of the log: none goes.
  public var pages: Int
  /// Notes on changed passwords (S8.2).
  public var passwordChanges: Int
  /// Rotations of this node's credentials.
  public var rotations: Int
  /// Requests for certificates: one at most of a node.
  public var requests: Int
}

extension Statement {
  static let heldAccounts = Statement("how many accounts", "SELECT count(*) FROM account")
  static let heldSessions = Statement("how many sessions", "SELECT count(*) FROM session")
  static let heldAside = Statement(
    "how much is set aside", "SELECT count(*), coalesce(sum(length(body)), 0) FROM quarantine")
  static let heldObjections = Statement("how many objections", "SELECT count(*) FROM objection")
  static let heldWaiting = Statement("how many events wait", "SELECT count(*) FROM outbox")
  static let heldTraces = Statement("how many traces", "SELECT coalesce(max(number), 0) FROM trace")
  static let heldPages = Statement("how many pages", "SELECT number FROM log_end")
  static let heldPasswordChanges = Statement(
    "how many changed passwords", "SELECT count(*) FROM password_change")
  static let heldRotations = Statement("how many rotations", "SELECT count(*) FROM rotation")
  static let heldRequests = Statement(
    "how many requests for certificates", "SELECT count(*) FROM certificate_request")
}

extension LedgerReader {
  /// What the ledger holds of what comes and goes.
  public func holdings() throws -> Holdings {
    let aside = try row(.heldAside) { (Int($0.int64(0)), Int($0.int64(1))) } ?? (0, 0)
    return Holdings(
      accounts: Int(try integer(.heldAccounts)), events: Int(try integer(.lastEvent)),
      sessions: Int(try integer(.heldSessions)), setAside: aside.0, setAsideBytes: aside.1,
      objections: Int(try integer(.heldObjections)), waiting: Int(try integer(.heldWaiting)),
      traces: Int(try integer(.heldTraces)), pages: Int(try integer(.heldPages)),
      passwordChanges: Int(try integer(.heldPasswordChanges)),
      rotations: Int(try integer(.heldRotations)), requests: Int(try integer(.heldRequests)))
  }
}
