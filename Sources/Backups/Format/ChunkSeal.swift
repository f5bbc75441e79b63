internal import COpenSSL
internal import Credentials

/// Seals and opens the chunks of one backup: AES-256-GCM by the system's OpenSSL.
///
/// Each file has a key of its own, made from a random salt, so that counting nonces is safe whatever
/// other files the backup key has made.
final class ChunkSeal {
  static let saltBytes = 16
  static let tagBytes = 16
  /// Bytes of the ledger in a chunk; the last one may have fewer.
  static let chunkBytes = 65_536

  private let key: [UInt8]
  private let lines: [UInt8]
  private let context = EVP_CIPHER_CTX_new()

  /// - Parameters:
  ///   - key: The backup key.
  ///   - salt: The file's salt.
  ///   - lines: The header's lines, authenticated with each chunk.
  init(_ key: SecretKey, salt: [UInt8], lines: [UInt8]) {
    var derived = [UInt8](repeating: 0, count: SecretKey.byteCount)
    let text = Array("xiecha backup 1".utf8) + salt
    HMAC(EVP_sha256(), key.secret, Int32(key.secret.count), text, text.count, &derived, nil)
    self.key = derived
    self.lines = lines
  }

  deinit { EVP_CIPHER_CTX_free(context) }

  /// The chunk, encrypted, with its tag behind it.
  func seal(_ chunk: ArraySlice<UInt8>, number: UInt64, isLast: Bool) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: chunk.count + Self.tagBytes)
    var length: Int32 = 0
    let done = chunk.withUnsafeBufferPointer { chunk in
      sealed.withUnsafeMutableBufferPointer { sealed in
        EVP_EncryptInit_ex2(
          context, EVP_aes_256_gcm(), key, Self.nonce(number, isLast: isLast), nil)
          & EVP_EncryptUpdate(context, nil, &length, lines, Int32(lines.count))
          & EVP_EncryptUpdate(
            context, sealed.baseAddress, &length, chunk.baseAddress, Int32(chunk.count))
          & EVP_EncryptFinal_ex(context, sealed.baseAddress?.advanced(by: chunk.count), &length)
          & EVP_CIPHER_CTX_ctrl(
            context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagBytes),
            sealed.baseAddress?.advanced(by: chunk.count))
      }
    }
    // Only an OpenSSL without AES-GCM gets here: no input can.
    guard done == 1 else { fatalError("OpenSSL offers no AES-256-GCM") }
    return sealed
  }

  /// The chunk again; nil for one that was changed, moved, or is not the last (or is).
  func open(_ sealed: ArraySlice<UInt8>, number: UInt64, isLast: Bool) -> [UInt8]? {
    guard sealed.count >= Self.tagBytes else { return nil }
    var tag = Array(sealed.suffix(Self.tagBytes))
    let body = sealed.dropLast(Self.tagBytes)
    var chunk = [UInt8](repeating: 0, count: body.count)
    var (length, end): (Int32, Int32) = (0, 0)
    let done = body.withUnsafeBufferPointer { body in
      chunk.withUnsafeMutableBufferPointer { chunk in
        EVP_DecryptInit_ex2(
          context, EVP_aes_256_gcm(), key, Self.nonce(number, isLast: isLast), nil)
          & EVP_DecryptUpdate(context, nil, &length, lines, Int32(lines.count))
          & EVP_DecryptUpdate(
            context, chunk.baseAddress, &length, body.baseAddress, Int32(body.count))
          & EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagBytes), &tag)
          & EVP_DecryptFinal_ex(context, chunk.baseAddress?.advanced(by: body.count), &end)
      }
    }
    return done == 1 ? chunk : nil
  }

  private static func nonce(_ number: UInt64, isLast: Bool) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian, Array.init) + [0, 0, 0, isLast ? 1 : 0]
  }
}
