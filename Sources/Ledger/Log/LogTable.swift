internal import Credentials

/// How pages lie in their rows.
enum LogTable {
  static let columns = Columns(
    .logPage,
    readingFrom: LogPage(number: 0, at: 0, leaves: [], log: [], signer: [], signature: []),
    [
      Column("number", \.number), Column("at", \.at),
      Column(
        "leaves", \.leaves, store: { .blob($0.flatMap(\.self)) },
        load: { LogTable.hashes(in: $0.blob($1)) }),
      Column("log", \.log), Column("signer", \.signer), Column("signature", \.signature),
    ])

  /// Hashes that lie one behind the other; nil where a part of one is left.
  static func hashes(in bytes: [UInt8]) -> [[UInt8]]? {
    guard bytes.count.isMultiple(of: SHA256Digest.byteCount) else { return nil }
    return stride(from: 0, to: bytes.count, by: SHA256Digest.byteCount).map {
      Array(bytes[$0..<$0 + SHA256Digest.byteCount])
    }
  }
}
