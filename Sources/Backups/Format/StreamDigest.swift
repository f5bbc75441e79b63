internal import COpenSSL

/// SHA-256 over what comes piece by piece.
final class StreamDigest {
  private let context = EVP_MD_CTX_new()

  init() { EVP_DigestInit_ex2(context, EVP_sha256(), nil) }

  deinit { EVP_MD_CTX_free(context) }

  func add(_ bytes: [UInt8]) { EVP_DigestUpdate(context, bytes, bytes.count) }

  /// The digest of all that came; nothing may come after.
  func end() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return digest
  }
}
