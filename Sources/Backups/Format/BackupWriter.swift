internal import Credentials

/// Writes a copy of a ledger as a backup.
struct BackupWriter {
  let key: BackupKey

  /// - Parameters:
  ///   - copy: The copy of the ledger.
  ///   - node: The division of its node.
  ///   - time: When it was made: milliseconds since 1970.
  ///   - schema: The version of its tables.
  ///   - path: A new file, which is on disk afterwards.
  /// - Returns: SHA-256 of the copy, as it was read.
  /// - Throws: that a file cannot be read or written, or that its disk is full.
  func write(
    _ copy: String, of node: String, at time: Int64, schema: String, to path: String
  ) throws -> [UInt8] {
    let source = try RawFile.reading(copy)
    let salt = RandomBytes.make(ChunkSeal.saltBytes)
    let header = BackupHeader(
      node: node, at: time, schema: schema, bytes: source.bytes, key: key.identity,
      salt: Hexadecimal.text(salt))
    let lines = try header.lines()
    let seal = ChunkSeal(key, salt: salt, lines: lines)
    let target = try RawFile.creating(path)
    let digest = StreamDigest()
    try target.write(lines)
    var current = try source.read(ChunkSeal.chunkBytes)
    var number: UInt64 = 0
    while true {
      let next = try source.read(ChunkSeal.chunkBytes)
      digest.add(current)
      try target.write(seal.seal(current[...], number: number, isLast: next.isEmpty))
      if next.isEmpty { break }
      current = next
      number += 1
    }
    try target.sync()
    return digest.end()
  }
}
