internal import Credentials
public import ExchangeRules

/// By which everybody can see that a node has written an event, and when it says so: the node's
/// signature over a page of its log, and the way from the event to it.
///
/// As bytes (`Protos/PROTOCOL.md`, "The seal of an event"), numbers big-endian: a 1, the signer's 32,
/// page number and time of 8 each, the log's 32, place and number of entries of 4 each, the number of
/// hashes of the path, these with 32 each, and the signature.
public struct EventSeal: Hashable, Sendable {
  /// SHA-256 of the certificate of whoever signed.
  public var signer: [UInt8]
  /// The page of the signer's log.
  public var page: Int64
  /// When it was signed: milliseconds since 1970, by the signer's clock.
  public var at: Int64
  /// The root of the signer's log up to this page.
  public var log: [UInt8]
  /// The event's place in the page.
  public var entry: Int
  /// How many entries the page has.
  public var count: Int
  /// From the event to the root of the page: hashes of 32 bytes, the nearest first.
  public var path: [UInt8]
  /// The signature over ``statement(on:)``.
  public var signature: [UInt8]

  /// The longest seal, in bytes.
  public static let bytesAtMost = fixedBytes + hashesAtMost * 32 + signatureBytes
  private static let fixedBytes = 1 + 32 + 8 + 8 + 32 + 4 + 4 + 1
  /// A page has at most 2²⁴ entries.
  private static let hashesAtMost = 24
  private static let signatureBytes = 160

  /// The seal that a page gives to one of its entries.
  init(entry: Int, of page: LogPage, _ tree: HashTree) {
    signer = page.signer
    self.page = page.number
    at = page.at
    log = page.log
    self.entry = entry
    count = page.leaves.count
    path = tree.path(to: entry)
    signature = page.signature
  }

  /// What the signature says of an event; nil where the path does not fit.
  public func statement(on event: EventDigest) -> [UInt8]? {
    HashTree.root(
      from: LogEntry.written(event.bytes).leaf, at: entry, of: count, along: path
    ).map { LogPage.statement(number: page, at: at, root: $0, log: log, signer: signer) }
  }

  // MARK: As bytes

  /// Who signed, of a seal as bytes; nil where there is none.
  public static func signer(of bytes: [UInt8]) -> [UInt8]? {
    bytes.count >= fixedBytes ? Array(bytes[1..<33]) : nil
  }

  /// The seal as it travels and is kept.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(Self.fixedBytes + path.count + signature.count)
    bytes += signer
    bytes.append(bigEndian: page)
    bytes.append(bigEndian: at)
    bytes += log
    bytes.append(bigEndian: UInt32(clamping: entry))
    bytes.append(bigEndian: UInt32(clamping: count))
    bytes.append(UInt8(clamping: path.count / 32))
    bytes += path
    bytes += signature
    return bytes
  }

  /// The seal in some bytes; nil for what is none.
  public init?(_ bytes: [UInt8]) {
    guard (Self.fixedBytes...Self.bytesAtMost).contains(bytes.count), bytes[0] == 1 else {
      return nil
    }
    var place = 1
    func take(_ count: Int) -> [UInt8] {
      defer { place += count }
      return Array(bytes[place..<place + count])
    }
    func number(_ count: Int) -> Int64 {
      defer { place += count }
      return bytes[place..<place + count].reduce(0) { $0 << 8 | Int64($1) }
    }
    signer = take(32)
    page = number(8)
    at = number(8)
    log = take(32)
    entry = Int(number(4))
    count = Int(number(4))
    let hashes = Int(number(1))
    guard hashes <= Self.hashesAtMost, bytes.count - place >= hashes * 32 else { return nil }
    path = take(hashes * 32)
    signature = Array(bytes[place...])
  }
}
