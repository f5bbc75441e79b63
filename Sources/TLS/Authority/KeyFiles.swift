import COpenSSL
import Glibc
import PrivateFiles

/// The key and the certificate of a node in their files, and those that are to come beside them, in
/// `FILE.next`.
///
/// Each change is on disk when it returns. A process that is killed in the middle leaves what the next
/// one goes on with: a new key without certificate waits for it; a new certificate without key is on
/// its way into its place.
public struct KeyFiles: Sendable {
  /// The files in force.
  public let configuration: TLSConfiguration
  private let keyFile: String
  private let certificateFile: String

  private var nextKey: String { "\(keyFile).next" }
  private var nextCertificate: String { "\(certificateFile).next" }

  /// The files of a node, which must have both.
  public init(_ configuration: TLSConfiguration) throws(TLSFailure) {
    guard let certificate = configuration.certificateChainFile,
      let key = configuration.privateKeyFile
    else {
      throw TLSFailure(.invalidArgument, "a node needs certificateChainFile and privateKeyFile")
    }
    self.configuration = configuration
    (keyFile, certificateFile) = (key, certificate)
  }

  /// The files that are to come, to connect with before they are in force.
  public var coming: TLSConfiguration {
    var coming = configuration
    coming.certificateChainFile = nextCertificate
    coming.privateKeyFile = nextKey
    return coming
  }

  /// Whether both a new key and a certificate for it are there.
  public var hasComing: Bool { isThere(nextCertificate) && isThere(nextKey) }

  /// The certificate in force, in DER.
  public func certificate() throws(TLSFailure) -> [UInt8] {
    try KeyFiles.first(in: certificateFile)
  }

  /// Asks for a certificate for the new key, which is made where there is none.
  public func request() throws(TLSFailure) -> CertificateRequest {
    if !isThere(nextKey) {
      let key = try CertificateBuilder.newKey()
      defer { EVP_PKEY_free(key) }
      let pem = try CertificateBuilder.pem(ofKey: key)
      do throws(PrivateFileFailure) {
        try PrivateFile.write(pem, to: nextKey, overwrite: false)
      } catch {
        throw KeyFiles.failure(error)
      }
    }
    return try CertificateRequest(keyFile: nextKey)
  }

  /// Keeps the certificate for the new key.
  ///
  /// - Throws: Where it is not for that key, not of the division of the one in force, or of nobody that
  ///   the trust roots vouch for.
  public func keep(_ certificate: [UInt8]) throws(TLSFailure) {
    guard let signatory = Signatory(certificate: certificate, authorities: []),
      let own = Signatory(certificate: try self.certificate(), authorities: [])
    else {
      throw TLSFailure(.malformedCertificate, "what was issued is no certificate")
    }
    guard signatory.division == own.division else {
      throw TLSFailure(
        .wrongPeer,
        "what was issued is of division \(signatory.division ?? "-"), not \(own.division ?? "-")")
    }
    guard try SignatoryTrust(configuration).vouches(for: signatory) else {
      throw TLSFailure(.untrustedPeer, "no trust root here vouches for what was issued")
    }
    let key = try PEMFile.ownPrivateKey(nextKey)
    defer { EVP_PKEY_free(key) }
    guard X509_check_private_key(signatory.leaf, key) == 1 else {
      throw ErrorQueue.failure(.keyMismatch, "what was issued is not for the key in \(nextKey)")
    }
    let pem = try PEMFile.text { PEM_write_bio_X509($0, signatory.leaf) }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(pem, to: nextCertificate, mode: 0o644, overwrite: true)
    } catch {
      throw KeyFiles.failure(error)
    }
  }

  /// Puts the new key and its certificate in the place of those in force; again, it goes on where it
  /// was cut off, or does nothing.
  ///
  /// The key goes first: a certificate that waits without a key says that it does.
  public func adopt() throws(TLSFailure) {
    do throws(PrivateFileFailure) {
      if hasComing { try PrivateFile.move(nextKey, over: keyFile) }
      if isThere(nextCertificate) { try PrivateFile.move(nextCertificate, over: certificateFile) }
    } catch {
      throw KeyFiles.failure(error)
    }
  }

  /// Goes on with what a process was killed in the middle of; to be called before the files are read.
  public func finish() throws(TLSFailure) {
    if isThere(nextCertificate), !isThere(nextKey) { try adopt() }
  }

  /// Throws the new key and its certificate away; there may be none.
  public func discard() throws(TLSFailure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.remove(nextCertificate)
      try PrivateFile.remove(nextKey)
    } catch {
      throw KeyFiles.failure(error)
    }
  }

  private func isThere(_ file: String) -> Bool { access(file, F_OK) == 0 }

  private static func first(in file: String) throws(TLSFailure) -> [UInt8] {
    let bytes = try PEMFile.bytes(file, what: "certificate")
    let chain = try PEMFile.certificates(bytes, path: file, what: "certificate")
    defer { for certificate in chain { X509_free(certificate) } }
    return Signatory.bytes(of: chain[0])
  }

  private static func failure(_ error: PrivateFileFailure) -> TLSFailure {
    TLSFailure(.unwritableFile, "\(error)")
  }
}
