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
///
/// What a row says of a person, the purpose and whose record, stands in it as a salted digest, so that
/// it can be removed (G6) and the row still proves the rest. Rows from before have it in clear.
enum TraceChain {
  /// Random bytes before what a row says of a person.
  static let saltBytes = 16

  static func hash(of trace: StoredTrace, after previous: [UInt8]) -> [UInt8] {
    SHA256Digest.of(digested(trace, after: previous))
  }

  /// The bytes over which the hash is taken.
  static func digested(_ trace: StoredTrace, after previous: [UInt8]) -> [UInt8] {
    let entry = trace.entry
    let isSalted = !trace.salt.isEmpty || !trace.personDigest.isEmpty
    var bytes = isSalted ? mark + previous : previous
    bytes.append(bigEndian: trace.number)
    bytes.append(bigEndian: entry.at)
    append(entry.item?.bytes ?? [], to: &bytes)
    let texts = [entry.actor.account, entry.actor.role, entry.actor.division, entry.action]
    for text in texts { append(Array(text.utf8), to: &bytes) }
    guard isSalted else {
      for text in [entry.purpose, entry.subjectKey] { append(Array(text.utf8), to: &bytes) }
      return bytes
    }
    bytes += trace.salted.map { SHA256Digest.of($0) } ?? trace.personDigest
    return bytes
  }

  private static let mark = Array("xiecha trace 2".utf8)

  /// What a row says of a person, behind its salt.
  fileprivate static func salted(_ entry: TraceEntry, _ salt: [UInt8]) -> [UInt8] {
    var bytes = salt
    for text in [entry.purpose, entry.subjectKey] { append(Array(text.utf8), to: &bytes) }
    return bytes
  }

  private static func append(_ field: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int64(field.count))
    bytes += field
  }
}

extension StoredTrace {
  /// What its row holds as a digest; nil: it was removed, or the row is from before there were salts.
  var salted: [UInt8]? { salt.isEmpty ? nil : TraceChain.salted(entry, salt) }
}
