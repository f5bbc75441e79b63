import COpenSSL
import Glibc
import PrivateFiles

/// The files that say whom a node believes: its trust roots and, where one is set, the revocation lists.
public struct TrustFiles: Sendable {
  private let configuration: TLSConfiguration

  /// The files of a configuration.
  public init(_ configuration: TLSConfiguration) { self.configuration = configuration }

  /// The trust roots, in DER, in the order of their file.
  public func roots() throws(TLSFailure) -> [[UInt8]] {
    let path = configuration.trustRootsFile
    let roots = try PEMFile.certificates(
      try PEMFile.bytes(path, what: "trust roots"), path: path, what: "trust roots")
    defer { for root in roots { X509_free(root) } }
    return roots.map(Signatory.bytes)
  }

  /// Whether a root has issued a certificate, both in DER.
  public static func hasIssued(_ root: [UInt8], _ certificate: [UInt8]) -> Bool {
    guard let issuer = Signatory.read(root) else { return false }
    defer { X509_free(issuer) }
    guard let leaf = Signatory.read(certificate) else { return false }
    defer { X509_free(leaf) }
    defer { ErrorQueue.clear() }
    return X509_verify(leaf, X509_get0_pubkey(issuer)) == 1
  }

  /// Takes roots and lists beside those that are there, and takes roots away.
  ///
  /// A list stays where the one that comes of the same root is older. At every moment the files are
  /// ones that a node can start with: the roots of both the old and the new lists are there until the
  /// new lists are.
  ///
  /// - Parameters:
  ///   - roots: In DER; those that are not there yet are added.
  ///   - retired: SHA-256 of the roots that are to go, with their lists.
  ///   - lists: In DER, of these roots.
  /// - Throws: Which file could not be written, or that it is the authority's own.
  public func take(
    roots: [[UInt8]], retired: [[UInt8]], lists: [[UInt8]]
  ) throws(TLSFailure) {
    let path = configuration.trustRootsFile
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard access("\(folder)authority.key", F_OK) != 0 else {
      throw TLSFailure(
        .unwritableFile,
        "trust roots \(path): they lie in the authority's own folder, where no node may change "
          + "them; give the node a folder of its own (certificate issue --out) and name it in tls")
    }
    let before = try self.roots()
    let both = before + roots.filter { !before.contains($0) }
    let after = both.filter { !retired.contains(TrustFiles.digest(of: $0)) }
    guard !after.isEmpty else {
      throw TLSFailure(.invalidArgument, "trust roots \(path): none would be left")
    }
    try write(roots: both, to: path)
    let gone = both.filter { !after.contains($0) }
    let file = configuration.revocationListFile
    if !gone.isEmpty { try keep(retired: gone, file) }
    if let file { try write(latest(lists, file, of: after), to: file) }
    try write(roots: after, to: path)
  }

  /// Puts roots that are to go, and their latest lists, behind those that went before.
  private func keep(retired gone: [[UInt8]], _ file: String?) throws(TLSFailure) {
    let trust = configuration.trustRootsFile
    let before = try RetiredRoots.certificates(beside: trust)
    defer { for root in before { X509_free(root) } }
    let lists = try RetiredRoots.lists(beside: trust)
    defer { for list in lists { X509_CRL_free(list) } }
    let known = before.map(Signatory.bytes)
    let roots = known + gone.filter { !known.contains($0) }
    var pem = try TrustFiles.pem(ofRoots: roots)
    for list in lists { pem += try PEMFile.text { PEM_write_bio_X509_CRL($0, list) } }
    if let file { pem += try latest([], file, of: gone, andOthers: false) }
    try write(pem, to: RetiredRoots.file(beside: trust))
  }

  /// The latest list of each root, of those in a file and those that come, as PEM.
  ///
  /// Lists of authorities between a root and a certificate are of no root: they stay, if asked for.
  private func latest(
    _ lists: [[UInt8]], _ file: String, of roots: [[UInt8]], andOthers: Bool = true
  ) throws(TLSFailure) -> [UInt8] {
    var found = try PEMFile.revocationLists(
      try PEMFile.bytes(file, what: "revocation list"), path: file)
    defer { for list in found { X509_CRL_free(list) } }
    found += lists.compactMap(RevocationList.read)
    let issuers = roots.compactMap(Signatory.read)
    defer { for issuer in issuers { X509_free(issuer) } }
    var chosen = issuers.compactMap { issuer in
      found.filter { RevocationLists.isSigned($0, by: issuer) }
        .max { RevocationList.number(of: $0) < RevocationList.number(of: $1) }
    }
    if andOthers {
      let known = try self.roots().compactMap(Signatory.read)
      defer { for root in known { X509_free(root) } }
      chosen += found.filter { list in
        !known.contains { RevocationLists.isSigned(list, by: $0) }
      }
    }
    var pem: [UInt8] = []
    for list in chosen { pem += try PEMFile.text { PEM_write_bio_X509_CRL($0, list) } }
    return pem
  }

  private func write(roots: [[UInt8]], to path: String) throws(TLSFailure) {
    try write(try TrustFiles.pem(ofRoots: roots), to: path)
  }

  private static func pem(ofRoots roots: [[UInt8]]) throws(TLSFailure) -> [UInt8] {
    var pem: [UInt8] = []
    for root in roots {
      guard let certificate = Signatory.read(root) else {
        throw TLSFailure(.malformedCertificate, "a trust root that is no certificate")
      }
      defer { X509_free(certificate) }
      pem += try PEMFile.text { PEM_write_bio_X509($0, certificate) }
    }
    return pem
  }

  private func write(_ bytes: [UInt8], to path: String) throws(TLSFailure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.write(bytes, to: path, mode: 0o644, overwrite: true)
    } catch {
      throw TLSFailure(.unwritableFile, "\(error)")
    }
  }

  /// SHA-256 of a certificate in DER.
  public static func digest(of certificate: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    SHA256(certificate, certificate.count, &digest)
    return digest
  }
}
