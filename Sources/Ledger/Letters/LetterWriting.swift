internal import Credentials
public import ExchangeRules

extension Statement {
  static let insertLetter = Statement(
    "store a letter", "\(LetterTable.columns.insert()) ON CONFLICT (id) DO NOTHING")
  static let insertLetterEvent = Statement(
    "store a step of a letter",
    """
    \(LetterEventTable.columns.insert(and: "letter", "peer", "told"))
    ON CONFLICT (letter, step) DO NOTHING
    """)
  static let deliverLetter = Statement(
    "note when a letter came", "UPDATE letter SET delivered = ? WHERE number = ?")
  static let acknowledgeLetter = Statement(
    "note when a letter was acknowledged", "UPDATE letter SET acknowledged = ? WHERE number = ?")
}

extension LedgerTransaction {
  /// Stores a letter with the step `issued`, and enters that into the log, at this node's time in
  /// milliseconds since 1970.
  ///
  /// - Returns: `known` where the same is here; `conflict` where another letter has the identity.
  public func insert(
    _ letter: StoredLetter, issued event: StoredLetterEvent, from source: EventSource, at now: Int64
  ) throws -> InsertOutcome {
    guard event.step == .issued, event.letter == letter.id else {
      throw LedgerFailure(.invalid, "a letter is stored with the step that it was issued by")
    }
    guard let number = try insert(.insertLetter, LetterTable.columns.values(of: letter)) else {
      let known = try events(ofLetter: letter.id).first { $0.step == .issued }
      return known?.digest == event.digest ? .known : .conflict
    }
    return try insert(event, ofLetter: number, letter.peer, from: source, at: now)
  }

  /// Stores a later step of a letter that is here; each step happens once, the first that is told.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknown`` when the letter is not here.
  public func insert(
    _ event: StoredLetterEvent, from source: EventSource, at now: Int64
  ) throws -> InsertOutcome {
    let found = try row(.letter, [.id(event.letter)]) {
      (try LetterTable.columns.record($0), $0.int64(LetterTable.columns.count))
    }
    guard let (letter, number) = found else {
      throw LedgerFailure(.unknown, "letter \(event.letter) is not here")
    }
    let outcome = try insert(event, ofLetter: number, letter.peer, from: source, at: now)
    guard outcome == .new else { return outcome }
    switch event.step {
    case .issued: break
    case .delivered: try put(.deliverLetter, [.integer(event.at), .integer(number)])
    case .acknowledged: try put(.acknowledgeLetter, [.integer(event.at), .integer(number)])
    }
    return .new
  }

  /// The lists of dunning of a week are made.
  public func keepDunned(through friday: CivilDate) throws {
    try keep(.dunned, "\(friday.yyyymmdd)")
  }

  private func insert(
    _ event: StoredLetterEvent, ofLetter number: Int64, _ peer: String, from source: EventSource,
    at now: Int64
  ) throws -> InsertOutcome {
    guard event.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "a letter of \(event.body.count) bytes is over the \(LedgerLimits.bodyBytes)")
    }
    var event = event
    event.place = try nextLogPlace()
    let values = LetterEventTable.columns.values(
      of: event, and: .integer(number), .text(peer), .flag(source == .elsewhere))
    guard try insert(.insertLetterEvent, values) != nil else { return .known }
    let digest = event.digest.bytes
    enter(source == .here ? .written(digest) : .taken(digest), at: now)
    return .new
  }
}
