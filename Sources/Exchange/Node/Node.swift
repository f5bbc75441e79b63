internal import Credentials
internal import ExchangeProtos
public import ExchangeRules
public import Ledger
public import Logging
internal import RPC
public import ReferenceData
internal import Synchronization
public import TLS
internal import Wire

/// A node: its identity, its store, the rules' facts, and who its neighbours are.
///
/// Everything a node does goes through here; what differs between province, county and township is
/// decided by ``NodeIdentity/Kind``.
public final class Node: Sendable {
  /// What the node is.
  public let identity: NodeIdentity
  /// The version of its program, which its neighbours are told; empty: none.
  let program: String
  /// Everything on its disk.
  public let ledger: Ledger
  /// Milliseconds since 1970, UTC.
  public let now: @Sendable () -> Int64
  private let currentCalendar: Mutex<WorkingCalendar>
  let register: DivisionRegister
  let tables: CodeTables
  let uplinks: [DivisionCode]
  /// What it asks of those who sign in.
  let access: AccessPolicy
  let signals = OutboxSignals()
  /// Objections that the neighbours are to hear have fallen.
  let settled = SettledObjections()
  /// Calls that were refused because of who called.
  let denials = Denials()
  /// Lines that neighbours make the node log again and again, of which it remembers so many.
  public static let longestRepeatedLines = RepeatedLines.longestPast
  let repeats = RepeatedLines()
  /// The verifiers of sessions: some milliseconds each.
  let secrets = BackgroundWork()
  /// The search for persons that look alike: everybody's facts are in memory meanwhile.
  let lookAlikes = LookAlikeSearch()
  private let programNotices = Mutex<[OfficeNotice]>([])
  private let neighbours = Mutex<(version: String, distribution: Distribution)?>(nil)
  /// Whose seals it believes.
  let seals: SealChecks
  let logger: Logger

  /// A node over its ledger.
  ///
  /// - `tables`: the values that coded fields of records may have.
  /// - `program`: the version of the node's program.
  /// - `uplinks`: the node above; for a province, the peer provinces that it dials.
  /// - `trust`: whose seals it believes.
  /// - `access`: what it asks of those who sign in.
  /// - `now`: milliseconds since 1970; a test gives its own time.
  public init(
    identity: NodeIdentity, program: String = "", ledger: Ledger, calendar: WorkingCalendar,
    register: DivisionRegister,
    tables: CodeTables = .national, uplinks: [DivisionCode], trust: SignatoryTrust,
    access: AccessPolicy = AccessPolicy(), now: @escaping @Sendable () -> Int64, logger: Logger
  ) {
    self.identity = identity
    self.program = program
    self.ledger = ledger
    currentCalendar = Mutex(calendar)
    self.register = register
    self.tables = tables
    self.uplinks = uplinks
    self.access = access
    self.now = now
    self.logger = logger
    seals = SealChecks(trust: trust)
  }

  /// Seals what it writes by this key from now on.
  public func sign(by key: SigningKey) async throws {
    let (signatory, now) = (key.signatory, now())
    try await ledger.commit { ledger in
      try ledger.keep(
        StoredSignatory(
          fingerprint: signatory.fingerprint, division: signatory.division ?? "",
          certificate: signatory.certificate, authorities: signatory.authorities, since: now))
    }
    ledger.sign(by: NodeSigner(key: key))
  }

  /// Believes other seals from now on: trust roots or lists were renewed.
  public func use(_ trust: SignatoryTrust) { seals.use(trust) }

  /// Ends the links with the neighbours, so that a server that is drained need not wait for them:
  /// what is under way is committed and acknowledged, or comes again after the restart.
  public func leaveLinks() { signals.close() }

  /// The working days that the rules go by.
  var calendar: WorkingCalendar { currentCalendar.withLock(\.self) }

  /// Goes by another calendar from now on: one was imported while the node runs (S4.5).
  public func use(_ calendar: WorkingCalendar) { currentCalendar.withLock { $0 = calendar } }

  /// Does what follows from a calendar that the node has begun to go by: the open items' dates are
  /// computed anew, and what waited for it is taken.
  public func followCalendar() async throws -> (moved: Int, taken: TakenAgain) {
    let outcome = try await CalendarImport.recompute(under: calendar, in: ledger, now: now())
    return (outcome.moved.count, try await takeSetAside())
  }

  /// What the office should see to: what is known of its calendar, and what its program has said of
  /// its certificates.
  public var notices: [OfficeNotice] {
    [OfficeNotice(calendar: calendar, on: today)].compactMap(\.self)
      + programNotices.withLock(\.self)
  }

  /// Says what the office should see to beside its calendar, in place of what was said before.
  public func say(_ notices: [OfficeNotice]) { programNotices.withLock { $0 = notices } }

  /// Today in China.
  var today: CivilDate { CivilDate(chinaDateOf: now()) }

  /// The book for one transaction: with the neighbours that it sees, so that a node registered a
  /// moment ago is known.
  func book(_ ledger: LedgerReader) throws -> EventBook {
    EventBook(
      identity: identity, calendar: calendar, register: register,
      distribution: try distribution(ledger), seals: seals)
  }

  /// Made anew when a node was registered, which another process does.
  private func distribution(_ ledger: LedgerReader) throws -> Distribution {
    let version = try ledger.registerVersion()
    if let known = neighbours.withLock(\.self), known.version == version {
      return known.distribution
    }
    // A node that is switched off may not sign in, but what is its own waits for it.
    let below = try ledger.nodes().compactMap { DivisionCode($0.division) }
    let distribution = Distribution(
      identity: identity, uplinks: uplinks, downlinks: Set(below))
    neighbours.withLock { $0 = (version, distribution) }
    return distribution
  }

  /// Logs what a neighbour can bring about as often as it likes.
  func log(
    _ level: Logger.Level, _ line: String, of peer: String, _ metadata: Logger.Metadata = [:]
  ) {
    let (level, repeated) = repeats.level(level, of: line, peer, now: now())
    var metadata = metadata
    metadata["peer"] = "\(peer)"
    if let trace = TraceContext.current { metadata["trace"] = "\(trace.identity)" }
    if repeated > 0 { metadata["repeated"] = "\(repeated)" }
    logger.log(level: level, "\(line)", metadata: metadata)
  }

  /// What happened to an item, and of which request it is.
  typealias Traced = (trace: TraceContext, item: LedgerID, kind: EventKind)

  /// Logs a step on the way of a request; such lines are many, and looked for when something is looked
  /// into.
  func log(_ line: String, of peer: String, _ traced: Traced) {
    logger.debug(
      "\(line)",
      metadata: [
        "trace": "\(traced.trace.identity)", "item": "\(traced.item)", "kind": "\(traced.kind)",
        "peer": "\(peer)",
      ])
  }

  /// Logs how often lines came that were kept quiet, once they come no more: to be called now and
  /// then.
  public func logEndedRepeats() {
    for ended in repeats.ended(now: now()) {
      logger.notice(
        "a line came again and again",
        metadata: [
          "line": "\(ended.line)", "peer": "\(ended.peer)", "repeated": "\(ended.repeated)",
          "last": "\(ChinaTime.text(ended.last))",
        ])
    }
  }

  /// Does one thing to the items of this node, on disk when it returns, and wakes the links.
  func record(_ event: DetailedEvent) async throws -> EventBook.Outcome {
    let (now, trace) = (now(), TraceContext.current)
    let outcome: EventBook.Outcome
    do {
      outcome = try await ledger.commit { ledger in
        let book = try self.book(ledger)
        book.trace = trace
        try book.checkHeard(of: event.stored, in: ledger)
        return try book.record(event, from: .here, now: now, in: ledger)
      }
    } catch let failure as LedgerFailure {
      log(.error, "an event could not be kept", of: "ledger", ["error": "\(failure)"])
      throw CallFailure(ledger: failure)
    }
    if case .recorded(let told) = outcome {
      signals.raise(told)
      if let trace {
        log("an event is kept", of: "-", (trace, event.stored.item, event.stored.kind))
      }
    }
    return outcome
  }

  /// A new event of an item, by whoever called.
  func event(
    _ kind: EventKind, of item: LedgerID, by caller: Caller, _ detail: ItemEvent.Detail? = nil
  ) -> DetailedEvent {
    let now = now()
    return DetailedEvent(
      StoredEvent(
        id: LedgerID(version7At: now), item: item, kind: kind, at: now,
        actor: LedgerActor(caller), body: detail?.content ?? []), detail)
  }
}
