internal import Credentials
internal import Ledger

/// Writes a copy of a ledger as a backup.
struct BackupWriter {
  let key: SecretKey
  /// Opens the pages of the copy; nil: it is not sealed.
  let pages: LedgerPages?

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
    var number: UInt64 = 0
    func read(_ number: UInt64) throws -> [UInt8] {
      let chunk = try source.read(ChunkSeal.chunkBytes)
      return try pages?.open(chunk, at: number * UInt64(ChunkSeal.chunkBytes)) ?? chunk
    }
    var current = try read(number)
    while true {
      let next = try read(number + 1)
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
