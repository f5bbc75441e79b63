internal import Credentials
public import ExchangeRules

/// A letter between two offices, as lists show it.
public struct StoredLetter: Hashable, Sendable {
  /// Follows from what the letter is (``id(of:from:to:period:part:)``): so there is no second.
  public var id: LedgerID
  /// What it is about.
  public var kind: LetterKind
  /// The division of the office that wrote it.
  public var issuer: String
  /// The division of the office that it is for.
  public var addressee: String
  /// The lower of the two: whoever may see what it does may see the letter.
  public var office: String
  /// The division of the node at the other end; empty: both offices are this node's.
  public var peer: String
  /// The day that its period is called by, yyyymmdd: of dunning the week's Friday, of a
  /// report the month's first day.
  public var period: Int32
  /// From 1: a letter that is too long for one has several parts.
  public var part: Int32
  /// How many items are on it.
  public var lines: Int32
  /// When it was written: milliseconds since 1970, by its issuer's clock.
  public var issued: Int64
  /// When it came to the addressee's node; 0: not yet, as far as is known here.
  public var delivered: Int64 = 0
  /// When the addressee took note of it; 0: not yet, as far as is known here.
  public var acknowledged: Int64 = 0

  /// A letter that is written.
  public init(
    kind: LetterKind, issuer: String, addressee: String, peer: String, period: Int32, part: Int32,
    lines: Int32, issued: Int64
  ) {
    id = StoredLetter.id(of: kind, from: issuer, to: addressee, period: period, part: part)
    self.kind = kind
    self.issuer = issuer
    self.addressee = addressee
    office = kind.isUpward ? issuer : addressee
    self.peer = peer
    self.period = period
    self.part = part
    self.lines = lines
    self.issued = issued
  }

  /// The identity of a letter: the first 16 bytes of SHA-256 over a mark, the kind, the issuer and
  /// the addressee each with its length, the period and the part; numbers are big-endian of 8 bytes
  /// (`Protos/PROTOCOL.md`, "Letters").
  public static func id(
    of kind: LetterKind, from issuer: String, to addressee: String, period: Int32, part: Int32
  ) -> LedgerID {
    var bytes = Array("xiecha letter 1".utf8)
    bytes.append(bigEndian: Int64(kind.rawValue))
    for text in [issuer, addressee] {
      bytes.append(bigEndian: Int64(text.utf8.count))
      bytes += text.utf8
    }
    bytes.append(bigEndian: Int64(period))
    bytes.append(bigEndian: Int64(part))
    return LedgerID(Array(SHA256Digest.of(bytes).prefix(LedgerID.byteCount))) ?? .blank
  }
}

/// How a letter lies in its row.
enum LetterTable {
  static let columns = Columns(
    .letter,
    readingFrom: StoredLetter(
      kind: .dunning, issuer: "", addressee: "", peer: "", period: 0, part: 0, lines: 0, issued: 0),
    [
      Column("id", \.id), Column("kind", number: \.kind), Column("issuer", \.issuer),
      Column("addressee", \.addressee), Column("office", \.office), Column("peer", \.peer),
      Column("period", \.period),
      Column("part", \.part), Column("lines", \.lines), Column("issued", \.issued),
      Column("delivered", \.delivered), Column("acknowledged", \.acknowledged),
    ])
}
