internal import ExchangeProtos
internal import Ledger

/// Letters go over the link beside the events: each side says in its hello how far it has come in the
/// other's, and is sent what follows.
///
/// Nothing is acknowledged here: that a letter has come is a step of the letter itself. What came from
/// the other side is told back to it when the link opens the next time, so that a store that was put
/// back from a copy gets its own acts again.
struct LetterLane {
  /// Steps sent or taken at once: one of them can be a mebibyte.
  static let batchSteps = 16

  /// The last step that was looked at for the other side.
  private(set) var last: UInt64
  /// The last step that was here when the link opened.
  private let toldBack: UInt64

  /// The lane towards a neighbour that has said how far it has come.
  init(after theirs: LinkHello, in ledger: LedgerReader) throws {
    toldBack = try ledger.lastLetterStep()
    let isOfThisStore =
      try theirs.lettersOf == ledger.outboxIdentity()
      && ledger.hasGivenOut(letter: theirs.lettersAfter, theirs.lettersHead)
    last = isOfThisStore ? theirs.lettersAfter : 0
  }

  /// What comes next for a neighbour.
  func next(
    for peer: String, in ledger: LedgerReader
  ) throws -> (parcels: [LetterParcel], last: UInt64) {
    try ledger.letters(
      for: peer, after: last, tellingBackThrough: toldBack, limit: LetterLane.batchSteps)
  }

  /// What was given out is not given out again.
  mutating func move(to sequence: UInt64) { last = sequence }
}

extension LinkLetter {
  /// A step as it travels.
  init(_ parcel: LetterParcel) {
    self.init()
    sequence = parcel.sequence
    event = LetterEvent(parcel.event, of: parcel.letter).encoded()
  }
}
