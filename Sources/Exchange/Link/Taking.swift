internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

extension EventBook {
  /// What came of taking events.
  struct Taking {
    /// The neighbours that are to be told of something.
    var told: Set<String> = []
    /// What had been set aside and is in its place now.
    var settled: [QuarantinedEvent] = []
    /// How many stay set aside.
    var left = 0
    /// The event, if it was new here.
    var recorded: (item: LedgerID, kind: EventKind)?

    mutating func add(_ other: Taking) {
      told.formUnion(other.told)
      settled += other.settled
      left += other.left
    }
  }

  /// Stores an event that a neighbour tells.
  ///
  /// - Returns: The neighbours that are to be told of it, and what it has made room for.
  /// - Throws: Why it is not taken. Trouble of the store is not the event's fault.
  func take(
    _ bytes: [UInt8], from peer: DivisionCode, now: Int64, in ledger: LedgerTransaction
  ) throws(CallFailure) -> Taking {
    do {
      guard let event = try DetailedEvent(bytes: bytes) else {
        throw CallFailure(
          .invalidArgument, .detailMissing, field: "event.detail",
          "the event lacks the detail that its kind has")
      }
      var taking = Taking()
      guard
        case .recorded(let told) = try record(event, from: .neighbour(peer), now: now, in: ledger)
      else { return taking }
      taking.told = told
      taking.recorded = (event.stored.item, event.stored.kind)
      if event.stored.kind == .entered {
        // What came of the item before the item did, by another neighbour perhaps.
        taking.add(
          try takeAgain(ledger.setAside(of: event.stored.item), now: now, in: ledger))
        taking.left = 0
      }
      return taking
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
  /// Gives what became of the events.
  func takeAgain(
    _ events: [(place: LedgerPlace, event: QuarantinedEvent)], now: Int64,
    in ledger: LedgerTransaction
  ) throws(CallFailure) -> Taking {
    var taking = Taking()
    for (place, event) in events {
      do {
        guard let peer = DivisionCode(event.peer) else { throw CallFailure.unknownItem }
        taking.add(try take(event.body, from: peer, now: now, in: ledger))
        try ledger.removeSetAside(place)
        taking.settled.append(event)
      } catch {
        let failure = CallFailure(ledger: error)
        if failure.isTroubleOfTheStore { throw failure }
        taking.left += 1
      }
    }
    return taking
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
      let page = try await ledger.commit { ledger -> (EventBook.Taking, LedgerPlace)? in
        let events = try ledger.setAside(after: after, limit: Node.pageEvents)
        guard let end = events.last?.place else { return nil }
        return (try self.book(ledger).takeAgain(events, now: now, in: ledger), end)
      }
      guard let (taking, end) = page else { return outcome }
      outcome.taken += taking.settled.count
      outcome.left += taking.left
      last = end
      settled.put(taking.settled)
      signals.raise(taking.told.union(taking.settled.map(\.peer)))
    }
  }
}
