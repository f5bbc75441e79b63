internal import Credentials

/// Reads a backup chunk by chunk, each checked before it is handed out.
final class BackupReader {
  let header: BackupHeader
  private let file: RawFile
  private let seal: ChunkSeal
  private let start: Int

  /// - Throws: that it is no backup, or that no key at hand opens it.
  init(_ path: String, keys: SecretKeyFile) throws(BackupFailure) {
    file = try RawFile.reading(path)
    let beginning = try file.read(BackupHeader.longestBytes)
    let (header, lines) = try BackupHeader.read(beginning, of: path)
    self.header = header
    start = lines.count
    guard let key = keys.key(header.key) else {
      throw BackupFailure(
        .wrongKey,
        "\(path) was made with the key \(header.key); the keys at hand are "
          + "\(keys.keys.map(\.identity).joined(separator: ", ")): use the file that has it")
    }
    seal = ChunkSeal(
      key, salt: Hexadecimal.bytes(header.salt) ?? [], lines: lines)
  }

  /// Lets the file be read from the disk, not from what the system remembers of it.
  func forgetCache() { file.forgetCache() }

  /// Hands out the ledger, chunk by chunk.
  ///
  /// - Throws: where it is damaged or cut, or what `body` throws.
  func forEachChunk(_ body: ([UInt8]) throws -> Void) throws {
    try file.seek(to: start)
    let sealedBytes = ChunkSeal.chunkBytes + ChunkSeal.tagBytes
    var current = try file.read(sealedBytes)
    var number: UInt64 = 0
    var length: UInt64 = 0
    while true {
      let next = try file.read(sealedBytes)
      guard let chunk = seal.open(current[...], number: number, isLast: next.isEmpty) else {
        throw failure(at: number, isLast: next.isEmpty)
      }
      length += UInt64(chunk.count)
      try body(chunk)
      if next.isEmpty { break }
      current = next
      number += 1
    }
    guard length == header.bytes else { throw damaged(at: number) }
  }

  private func failure(at number: UInt64, isLast: Bool) -> BackupFailure {
    let whole = UInt64(start) + header.bytes + expectedChunks * UInt64(ChunkSeal.tagBytes)
    guard isLast, file.bytes < whole else { return damaged(at: number) }
    return BackupFailure(
      .cutShort,
      "\(file.path) is cut short behind byte \(file.bytes), \(whole - file.bytes) bytes are missing; "
        + "fetch it again, or use another backup")
  }

  private var expectedChunks: UInt64 {
    let chunk = UInt64(ChunkSeal.chunkBytes)
    return max(1, (header.bytes + chunk - 1) / chunk)
  }

  private func damaged(at number: UInt64) -> BackupFailure {
    let first = UInt64(start) + number * UInt64(ChunkSeal.chunkBytes + ChunkSeal.tagBytes)
    return BackupFailure(
      .damaged,
      "\(file.path) is damaged or was changed, in the chunk \(number + 1) of \(expectedChunks) "
        + "that begins behind byte \(first); use another backup")
  }
}
