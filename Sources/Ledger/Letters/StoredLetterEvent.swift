internal import Credentials
public import ExchangeRules

/// A step of a letter; it never changes, and both offices keep it.
public struct StoredLetterEvent: Hashable, Sendable {
  /// The letter.
  public var letter: LedgerID
  /// What happened.
  public var step: LetterStep
  /// When: milliseconds since 1970, by its author's clock.
  public var at: Int64
  /// Who did it.
  public var actor: LedgerActor
  /// What was said to it.
  public var note: String
  /// The digest of the step `issued` that its author had before him; empty for that step.
  public var follows: [UInt8]
  /// The content, of `issued`, as the protocol encodes it.
  public var body: [UInt8]
  /// By which everybody sees who wrote it, as it came (``EventSeal``); empty where this node wrote it.
  public var seal: [UInt8] = []
  /// Where it stands in this node's log.
  public var place = LogPlace.none

  /// A step.
  public init(
    letter: LedgerID, step: LetterStep, at: Int64, actor: LedgerActor, note: String = "",
    follows: [UInt8] = [], body: [UInt8] = []
  ) {
    self.letter = letter
    self.step = step
    self.at = at
    self.actor = actor
    self.note = note
    self.follows = follows
    self.body = body
  }

  /// What the log and a seal name it by: SHA-256 over a mark, the letter's identity, the step, the
  /// time, the account, role, division and note each with its length, the digest that it follows with
  /// its length, and SHA-256 over the body; numbers are big-endian of 8 bytes.
  public var digest: EventDigest {
    guard let digest = EventDigest(SHA256Digest.of(digested)) else {
      preconditionFailure("SHA-256 has 32 bytes")
    }
    return digest
  }

  /// The bytes over which the digest is taken.
  public var digested: [UInt8] {
    var bytes = Array("xiecha letter step 1".utf8)
    bytes += letter.bytes
    bytes.append(bigEndian: Int64(step.rawValue))
    bytes.append(bigEndian: at)
    for text in [actor.account, actor.role, actor.division, note] {
      bytes.append(bigEndian: Int64(text.utf8.count))
      bytes += text.utf8
    }
    bytes.append(bigEndian: Int64(follows.count))
    bytes += follows
    bytes += SHA256Digest.of(body)
    return bytes
  }
}

/// How a step lies in its row.
enum LetterEventTable {
  static let columns = Columns(
    .letterEvent,
    readingFrom: StoredLetterEvent(letter: .blank, step: .issued, at: 0, actor: .blank),
    [Column("step", number: \.step), Column("at", \.at)] + Column.actor(\.actor) + [
      Column("note", \.note), Column("follows", \.follows), Column("body", \.body),
      Column("seal", \.seal), Column("page", \.place.page), Column("entry", \.place.entry),
    ])

  /// The columns of a step, from ``joined``.
  static let selected = "letter.id, \(columns.selected)"
  /// Each step with its letter.
  static let joined = "letter_event JOIN letter ON letter.number = letter_event.letter"

  /// A step, from ``selected``, the first of its columns at `first`.
  static func event(_ row: any EngineRow, at first: Int = 0) throws -> StoredLetterEvent {
    guard let letter = row.id(first) else {
      throw LedgerFailure(
        .corrupt, "a row of the table letter is damaged; restore the last backup")
    }
    var event = try columns.record(row, at: first + 1)
    event.letter = letter
    return event
  }
}
