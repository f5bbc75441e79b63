import Credentials

/// What the chain of traces was found to be.
public enum TraceVerdict: Sendable, Hashable {
  /// Every row follows from the one before; this is the end.
  case intact(TraceHead)
  /// This row is missing, or was changed after it was written.
  case broken(at: Int64)
}

/// How a row of the trace is bound to the one before: SHA-256 over that one's hash, the row's number
/// and time, and each text with its length, so that no two rows have the same bytes.
enum TraceChain {
  static func hash(
    of entry: TraceEntry, number: Int64, after previous: [UInt8]
  ) -> [UInt8] {
    SHA256Digest.of(digested(entry, number: number, after: previous))
  }

  /// The bytes over which the hash is taken.
  static func digested(
    _ entry: TraceEntry, number: Int64, after previous: [UInt8]
  ) -> [UInt8] {
    var bytes = previous
    bytes.append(bigEndian: number)
    bytes.append(bigEndian: entry.at)
    append(entry.item?.bytes ?? [], to: &bytes)
    let texts = [
      entry.actor.account, entry.actor.role, entry.actor.division, entry.action, entry.purpose,
      entry.subjectKey,
    ]
    for text in texts { append(Array(text.utf8), to: &bytes) }
    return bytes
  }

  private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int64(field.count))
    bytes += field
  }
}
