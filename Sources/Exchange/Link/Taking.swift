internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

extension EventBook {
  /// Stores an event that a neighbour tells.
  ///
  /// - Returns: The neighbours that are to be told of it.
  /// - Throws: Why it is not taken. Trouble of the store is not the event's fault.
  func take(
    _ bytes: [UInt8], from peer: DivisionCode, now: Int64, in ledger: LedgerTransaction
  ) throws(CallFailure) -> Set<String> {
    do {
      guard let event = try DetailedEvent(bytes: bytes) else {
        throw CallFailure(
          .invalidArgument, .detailMissing, field: "event.detail",
          "the event lacks the detail that its kind has")
      }
      guard
        case .recorded(var told) = try record(
          event, from: .neighbour(peer), now: now, in: ledger)
      else { return [] }
      if event.stored.kind == .entered {
        // What came of the item before the item did, by another neighbour perhaps.
        let waiting = try ledger.setAside(of: event.stored.item)
        told.formUnion(try takeAgain(waiting, now: now, in: ledger).told)
      }
      return told
    } catch let failure as CallFailure {
      throw failure
    } catch let refusal as MessageRefusal {
      throw CallFailure(refusal)
    } catch {
      throw CallFailure(ledger: error)
    }
  }
}

extension EventBook {
  /// Tries again what was set aside, in the order in which it came, so that one may make room for the
  /// next; what is taken now is set aside no more.
  ///
  /// Gives the neighbours that have something to take, and what became of the events.
  func takeAgain(
    _ events: [(place: LedgerPlace, event: QuarantinedEvent)], now: Int64,
    in ledger: LedgerTransaction
  ) throws(CallFailure) -> (told: Set<String>, outcome: Node.TakenAgain) {
    var told: Set<String> = []
    var outcome = Node.TakenAgain()
    for (place, event) in events {
      do {
        guard let peer = DivisionCode(event.peer) else { throw CallFailure.unknownItem }
        told.formUnion(try take(event.body, from: peer, now: now, in: ledger))
        try ledger.removeSetAside(place)
        outcome.taken += 1
      } catch {
        let failure = CallFailure(ledger: error)
        if failure.isTroubleOfTheStore { throw failure }
        outcome.left += 1
      }
    }
    return (told, outcome)
  }
}

extension CallFailure {
  /// Whether the store failed, and not what was to be stored.
  var isTroubleOfTheStore: Bool {
    [.internal, .unavailable, .resourceExhausted].contains(status)
  }
}

extension Node {
  /// What became of events that were set aside.
  public struct TakenAgain: Sendable, Hashable {
    /// Events that are in their place now.
    public var taken = 0
    /// Events that cannot be taken yet, or ever.
    public var left = 0

    /// So many taken, so many left.
    public init(taken: Int = 0, left: Int = 0) {
      self.taken = taken
      self.left = left
    }
  }

  /// Events looked at in one commit.
  private static let pageEvents = 256

  /// Takes what was set aside and can be taken now: a clock was mended, a calendar imported, what
  /// it follows on has come.
  ///
  /// In the order in which it came, so that one may make room for the next.
  public func takeSetAside() async throws -> TakenAgain {
    var outcome = TakenAgain()
    var last = LedgerPlace.start
    while true {
      let (after, now) = (last, now())
      let page = try await ledger.commit { ledger -> (TakenAgain, Set<String>, LedgerPlace)? in
        let events = try ledger.setAside(after: after, limit: Node.pageEvents)
        guard let end = events.last?.place else { return nil }
        let (told, outcome) = try self.book(ledger).takeAgain(events, now: now, in: ledger)
        return (outcome, told, end)
      }
      guard let (some, told, end) = page else { return outcome }
      outcome.taken += some.taken
      outcome.left += some.left
      last = end
      signals.raise(told)
    }
  }
}
