import COpenSSL

/// The functions of RFC 5802 section 2.2 over SHA-256, by the system's OpenSSL.
enum SHA256Functions {
  /// The size of a digest, in bytes.
  static let digestBytes = 32

  /// The bytes of a block, to which RFC 2104 fills up a key.
  private static let blockBytes = 64

  /// The digest of some bytes, and of others behind them.
  static func digest(_ bytes: [UInt8], _ more: [UInt8] = [], _ last: [UInt8] = []) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: digestBytes)
    digest.withUnsafeMutableBytes { digest in
      bytes.withUnsafeBytes { bytes in
        more.withUnsafeBytes { more in
          last.withUnsafeBytes { last in
            SHA256Functions.digest(bytes, more, last, into: digest)
          }
        }
      }
    }
    return digest
  }

  /// Writes the digest of three pieces, one behind the other, into 32 bytes; they may be one of the
  /// pieces.
  static func digest(
    _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer,
    _ third: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer
  ) {
    precondition(digest.count == digestBytes, "a digest has 32 bytes")
    let done = COpenSSL_sha256(
      first.baseAddress, first.count, second.baseAddress, second.count, third.baseAddress,
      third.count, digest.baseAddress)
    // Only an OpenSSL without SHA-256 gets here: no input can.
    guard done == 1 else { fatalError("OpenSSL offers no SHA-256") }
  }

  /// RFC 2104.
  static func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var block = key.count > blockBytes ? digest(key) : key
    block += repeatElement(0, count: blockBytes - block.count)
    let inner = digest(block.map { $0 ^ 0x36 } + bytes)
    return digest(block.map { $0 ^ 0x5c } + inner)
  }

  /// `Hi` of RFC 5802: PBKDF2 with HMAC-SHA-256.
  ///
  /// About 0.25 µs an iteration.
  static func saltedPassword(_ password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: digestBytes)
    let done = password.withUnsafeBytes { password in
      PKCS5_PBKDF2_HMAC(
        password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: password.count),
        salt, Int32(clamping: salt.count), Int32(clamping: iterations), EVP_sha256(),
        Int32(digestBytes), &key)
    }
    guard done == 1 else { fatalError("OpenSSL offers no PBKDF2") }
    return key
  }

  static func exclusiveOr(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
    zip(one, other).map { $0 ^ $1 }
  }

  /// Compares in a time that depends on the length alone.
  static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
  }
}

extension [UInt8] {
  /// Overwrites a secret before its memory goes back (GB/T 22239, RES-1).
  mutating func cleanse() {
    withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
  }
}
