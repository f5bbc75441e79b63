internal import Credentials
internal import ExchangeRules

/// What a county's figures count, in 32 bytes: two nodes with the same items have the same.
///
/// SHA-256 over each item that a figure counts, in the order of the identities: the identity's 16
/// bytes, and two bytes, big-endian, of which bit n - 1 says that the figure of number n
/// (`FigureMeasure`) counts it (`Protos/PROTOCOL.md`, "The digest of figures").
public struct FigureDigest {
  private var items: [LedgerID: UInt16] = [:]

  mutating func add(_ id: LedgerID, _ measures: some Sequence<FigureMeasure>) {
    for measure in measures { items[id, default: 0] |= 1 << UInt16(measure.rawValue - 1) }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(items.count * (LedgerID.byteCount + 2))
    for (id, measures) in items.sorted(by: { $0.key < $1.key }) {
      bytes += id.bytes
      bytes.append(bigEndian: measures)
    }
    return SHA256Digest.of(bytes)
  }
}
