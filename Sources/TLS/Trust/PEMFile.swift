import COpenSSL
import Glibc
import PrivateFiles

/// Reads what PEM files hold.
enum PEMFile {
  /// The longest file read, in bytes: a revocation list of ten thousand entries is under 1 MiB.
  static let longestBytes = 16 << 20

  /// The bytes of a file.
  static func bytes(_ path: String, what: String) throws(TLSFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw TLSFailure(.unreadableFile, "\(what) \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    defer { chunk.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0, bytes.count + count <= longestBytes else {
        let reason = count < 0 ? String(cString: strerror(errno)) : "longer than 16 MiB"
        throw TLSFailure(.unreadableFile, "\(what) \(path): \(reason)")
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// All certificates in a file, in its order; at least one.
  ///
  /// The caller frees them.
  static func certificates(
    _ bytes: [UInt8], path: String, what: String
  ) throws(TLSFailure) -> [OpaquePointer] {
    try all(
      in: bytes, read: { PEM_read_bio_X509($0, nil, nil, nil) }, free: X509_free,
      failure: {
        TLSFailure(
          .malformedCertificate, "\(what) \(path): not a certificate in PEM; issue or copy it again"
        )
      })
  }

  /// Reads until nothing more begins.
  ///
  /// Fails where nothing did, or where something did not end.
  private static func all(
    in bytes: [UInt8], read: (OpaquePointer?) -> OpaquePointer?, free: (OpaquePointer?) -> Void,
    failure: () -> TLSFailure
  ) throws(TLSFailure) -> [OpaquePointer] {
    ErrorQueue.clear()
    let found = withMemory(bytes) { bio in
      var found: [OpaquePointer] = []
      while let one = read(bio) { found.append(one) }
      return found
    }
    let ending = ERR_peek_last_error()
    let endedCleanly =
      ending == 0 || Int32(truncatingIfNeeded: ending & 0x7f_ffff) == PEM_R_NO_START_LINE
    guard !found.isEmpty, endedCleanly else {
      for one in found { free(one) }
      let failure = failure()
      throw ErrorQueue.failure(failure.kind, failure.text)
    }
    ErrorQueue.clear()
    return found
  }

  /// The private key of this node, which nobody else may read; the caller frees it.
  static func ownPrivateKey(_ path: String) throws(TLSFailure) -> OpaquePointer {
    do throws(PrivateFileFailure) {
      try PrivateFile.checkOwnerOnly(path)
    } catch {
      throw TLSFailure(.unreadableKey, "private key \(error)")
    }
    return try privateKey(path)
  }

  /// The private key in a file, which the caller frees.
  ///
  /// Encrypted keys are refused, not asked about.
  static func privateKey(_ path: String) throws(TLSFailure) -> OpaquePointer {
    var bytes = try bytes(path, what: "private key")
    defer { bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
    ErrorQueue.clear()
    let noPassword:
      @convention(c) (
        UnsafeMutablePointer<CChar>?, Int32, Int32,
        UnsafeMutableRawPointer?
      ) -> Int32 = { _, _, _, _ in -1 }
    guard let key = withMemory(bytes, { PEM_read_bio_PrivateKey($0, nil, noPassword, nil) }) else {
      throw ErrorQueue.failure(
        .unreadableKey, "private key \(path): unreadable key; it must be PEM and not encrypted")
    }
    return key
  }

  /// All revocation lists in a file, in its order; at least one.
  ///
  /// The caller frees them.
  static func revocationLists(_ bytes: [UInt8], path: String) throws(TLSFailure) -> [OpaquePointer]
  {
    try all(
      in: bytes, read: { PEM_read_bio_X509_CRL($0, nil, nil, nil) }, free: X509_CRL_free,
      failure: {
        TLSFailure(
          .malformedRevocationList, "revocation list \(path): not a list in PEM; fetch it again")
      })
  }

  private static func withMemory<Outcome>(
    _ bytes: [UInt8], _ body: (OpaquePointer?) -> Outcome
  ) -> Outcome {
    bytes.withUnsafeBytes { bytes in
      // A null BIO is an error of the call that reads from it, not a trap.
      let bio = BIO_new_mem_buf(
        bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1), Int32(clamping: bytes.count))
      defer { BIO_free(bio) }
      return body(bio)
    }
  }

  /// What OpenSSL writes to a BIO, as bytes.
  static func text(_ write: (OpaquePointer) -> Int32) throws(TLSFailure) -> [UInt8] {
    ErrorQueue.clear()
    // From the secure heap where there is one; it is cleared when it is freed.
    guard let bio = BIO_new(BIO_s_secmem()) else {
      throw ErrorQueue.failure(.internal, "no memory to write PEM to")
    }
    defer { BIO_free(bio) }
    var data: UnsafeMutablePointer<CChar>?
    guard write(bio) == 1 else { throw ErrorQueue.failure(.internal, "PEM cannot be written") }
    let count = COpenSSL_mem_data(bio, &data)
    return Array(UnsafeRawBufferPointer(start: data, count: max(0, count)))
  }
}
