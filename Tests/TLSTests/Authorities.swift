import COpenSSL
import PrivateFiles

@testable import TLS

/// Two roots of one name, as after one was rolled over, and an authority below the first; a leaf of
/// each, of the county, and the lists that they may have written.
final class Authorities: Sendable {
  enum Issuer: CaseIterable, Sendable { case first, second, between }

  /// A list: whose, whom it names, and whether it is good.
  struct List: Sendable, Hashable {
    var issuer: Issuer
    var leavesNamed = false
    var betweenNamed = false
    var expired = false
    /// Signed by another key than the issuer's.
    var forged = false
    /// Does not say until when it holds.
    var isEndless = false
  }

  private let directory: TestNetwork
  private let roots: [Issuer: Holder]
  private let leaves: [Issuer: Holder]

  init(in network: TestNetwork) throws {
    directory = network
    let now = network.now
    let first = try Holder("Root", .authority, now: now)
    let between = try Holder("Between", .authority, by: first, now: now)
    roots = [.first: first, .second: try Holder("Root", .authority, now: now), .between: between]
    leaves = try roots.mapValues { try Holder("Leaf", .county, by: $0, now: now) }
  }

  /// The files of the county whose certificate this authority has issued.
  func chain(by issuer: Issuer) throws -> (certificates: String, key: String) {
    guard let leaf = leaves[issuer] else { throw Unexpected(text: "no leaf") }
    let chain = issuer == .between ? leaf.pem + (roots[.between]?.pem ?? []) : leaf.pem
    return (
      try write(chain, "\(issuer).pem", mode: 0o644),
      try write(CertificateBuilder.pem(ofKey: leaf.key), "\(issuer).key", mode: 0o600)
    )
  }

  /// A file of the roots' certificates.
  func trust(_ issuers: [Issuer]) throws -> String {
    try write(issuers.flatMap { roots[$0]?.pem ?? [] }, "roots.pem", mode: 0o644)
  }

  /// A file of these lists.
  func lists(_ lists: [List]) throws -> String {
    let day: Int64 = 86_400
    let now = directory.now
    let bytes = try lists.flatMap { list in
      guard let issuer = roots[list.issuer], let other = roots[.second],
        let between = roots[.between]
      else { throw Unexpected(text: "no such issuer") }
      // The numbers of all leaves: only its own issuer's list counts for a leaf.
      var named = list.leavesNamed ? leaves.values.map(\.serial) : []
      if list.betweenNamed { named.append(between.serial) }
      if list.isEndless { return try Authorities.endless(by: issuer) }
      return try RevocationList.pem(
        named.map { RevocationList.Entry(serial: $0, revoked: now) }, number: 1,
        issuer: issuer.certificate, key: list.forged ? other.key : issuer.key,
        now: list.expired ? now - 40 * day : now, days: 30)
    }
    return try write(bytes, "lists.pem", mode: 0o644)
  }

  /// A list without its next update, which RFC 5280 demands and the library does not.
  private static func endless(by issuer: Holder) throws -> [UInt8] {
    guard let list = X509_CRL_new() else { throw Unexpected(text: "no memory") }
    defer { X509_CRL_free(list) }
    X509_CRL_set_version(list, 1)
    X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer.certificate))
    let time = ASN1_TIME_set(nil, 1_000_000_000)
    defer { ASN1_TIME_free(time) }
    X509_CRL_set1_lastUpdate(list, time)
    X509_CRL_sign(list, issuer.key, EVP_sha256())
    return try PEMFile.text { PEM_write_bio_X509_CRL($0, list) }
  }

  private func write(_ bytes: [UInt8], _ name: String, mode: UInt32) throws -> String {
    let path = "\(directory.directory)/\(name)"
    try PrivateFile.write(bytes, to: path, mode: mode, overwrite: true)
    return path
  }
}

/// A certificate with its key.
private final class Holder: @unchecked Sendable {
  enum Kind { case authority, county }

  // Used by one test at a time.
  let certificate: OpaquePointer
  let key: OpaquePointer
  let pem: [UInt8]
  let serial: String

  init(_ name: String, _ kind: Kind, by issuer: Holder? = nil, now: Int64) throws {
    key = try CertificateBuilder.newKey()
    let builder = try CertificateBuilder(
      commonName: name, key: key, validFrom: now, days: 10, issuer: issuer?.certificate)
    switch kind {
    case .authority:
      try builder.add(NID_basic_constraints, "critical,CA:TRUE")
      try builder.add(NID_key_usage, "critical,keyCertSign,cRLSign")
      try builder.add(NID_subject_key_identifier, "hash")
    case .county:
      try builder.add(NID_basic_constraints, "critical,CA:FALSE")
      try builder.add(NID_key_usage, "critical,digitalSignature")
      try builder.add(NID_ext_key_usage, "serverAuth,clientAuth")
      try builder.add(
        NID_subject_alt_name, "URI:\(PeerIdentity.divisionPrefix)\(TestNetwork.county)")
    }
    if issuer != nil { try builder.add(NID_authority_key_identifier, "keyid:always") }
    try builder.sign(with: issuer?.key ?? key)
    pem = try builder.pem()
    serial = try builder.identity().serial
    certificate = try PEMFile.certificates(pem, path: "", what: name)[0]
  }

  deinit {
    X509_free(certificate)
    EVP_PKEY_free(key)
  }
}
