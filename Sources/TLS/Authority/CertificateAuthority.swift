import COpenSSL
import PrivateFiles

/// The authority of a network: it vouches for the nodes and says which certificates no longer
/// count.
///
/// Three files in one directory: ``certificateFile``, which every node trusts; ``keyFile``, mode
/// 0600, which never leaves the machine; and ``revocationListFile``. Keys are P-256. Times are
/// seconds since 1970, given by the caller.
public struct CertificateAuthority: Sendable {
  /// Where the files are.
  public let directory: String

  /// The certificate that nodes trust, PEM.
  public var certificateFile: String { "\(directory)/authority.pem" }
  /// The private key, PEM, mode 0600.
  public var keyFile: String { "\(directory)/authority.key" }
  /// The certificates that no longer count, PEM; empty from the start, so that nodes can be set up
  /// to look at it.
  public var revocationListFile: String { "\(directory)/revoked.pem" }

  /// The validity of an authority, in days: ten years.
  public static let authorityDays = 3_653
  /// The validity of a node's certificate, in days: 13 months, so that it is renewed once a year
  /// with a month to do it in.
  public static let nodeDays = 398
  /// The validity of a revocation list, in days.
  ///
  /// Past it no peer is believed, so that a list that does not arrive cannot pass for an empty one:
  /// write it anew well before.
  public static let revocationListDays = 398

  /// Opens an authority that was created before; fails where a file is missing or does not fit.
  public init(directory: String) throws(TLSFailure) {
    self.directory = directory
    let (certificate, key) = try load()
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  private init(new directory: String) {
    self.directory = directory
  }

  /// Makes a new authority.
  ///
  /// - `directory`: An existing directory.
  /// - `name`: What a person sees in the certificate, at most 64 bytes.
  /// - `now`: From when it is valid.
  /// - `days`: For how long.
  /// - `overwrite`: Whether an authority that is there may be replaced, and with it every
  ///   certificate that it has issued.
  public static func create(
    in directory: String, name: String = "Xiecha", now: Int64, days: Int = authorityDays,
    overwrite: Bool = false
  ) throws(TLSFailure) -> CertificateAuthority {
    let authority = CertificateAuthority(new: directory)
    let key = try CertificateBuilder.newKey()
    defer { EVP_PKEY_free(key) }
    let builder = try CertificateBuilder(
      commonName: name, key: key, validFrom: now, days: days, issuer: nil)
    try builder.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:1")
    try builder.add(NID_key_usage, "critical,keyCertSign,cRLSign")
    try builder.add(NID_subject_key_identifier, "hash")
    try builder.sign(with: key)
    // The key first: a certificate without its key is of no use, and the key is what must not be
    // replaced by accident.
    try write(
      try CertificateBuilder.pem(ofKey: key), to: authority.keyFile, mode: 0o600,
      overwrite: overwrite)
    try write(
      try builder.pem(), to: authority.certificateFile, mode: 0o644, overwrite: overwrite)
    try authority.writeRevocationList(
      [], number: 1, now: now, days: revocationListDays, overwrite: overwrite)
    return authority
  }

  /// What was issued.
  public struct Issued: Sendable, Hashable {
    /// The certificate, PEM.
    public let certificateFile: String
    /// Its private key, PEM, mode 0600.
    public let keyFile: String
    /// Who it makes its holder.
    public let identity: PeerIdentity
  }

  /// Issues the certificate of a node, with a new key, for both sides of a connection.
  ///
  /// - `division`: The node's division code, 2 to 12 digits.
  /// - `names`: Host names and IP addresses it answers at; browsers and other tools look at them,
  ///   this system at the division.
  /// - `directory`: Where `<fileName>.pem` and `<fileName>.key` go.
  /// - `fileName`: Without extension; the division where it is nil.
  /// - `now`: From when it is valid.
  /// - `days`: For how long.
  /// - `overwrite`: Whether files that are there may be replaced.
  public func issueNode(
    division: String, names: [String] = ["localhost", "127.0.0.1"], in directory: String,
    fileName: String? = nil, now: Int64, days: Int = nodeDays, overwrite: Bool = false
  ) throws(TLSFailure) -> Issued {
    guard PeerIdentity.isDivision(division) else {
      throw TLSFailure(.invalidArgument, "division \(division): needs 2 to 12 digits")
    }
    var subjects = ["URI:\(PeerIdentity.divisionPrefix)\(division)"]
    for name in names { subjects.append(try CertificateAuthority.alternative(name)) }
    return try issue(
      division, to: "\(directory)/\(fileName ?? division)", now: now, days: days,
      overwrite: overwrite
    ) { builder throws(TLSFailure) in
      try builder.addNodeUsage()
      try builder.add(NID_subject_alt_name, subjects.joined(separator: ","))
    }
  }

  /// Issues the certificate of a person, with a new key, to be shown beside the password.
  ///
  /// - `account`: Whose owner it makes its holder, at most 64 bytes.
  /// - `directory`: Where `<account>.pem` and `<account>.key` go.
  /// - `now`: From when it is valid.
  /// - `days`: For how long.
  /// - `overwrite`: Whether files that are there may be replaced.
  public func issuePerson(
    account: String, in directory: String, now: Int64, days: Int = nodeDays,
    overwrite: Bool = false
  ) throws(TLSFailure) -> Issued {
    // A name of a file too.
    guard !account.hasPrefix("."), !account.utf8.contains(UInt8(ascii: "/")) else {
      throw TLSFailure(.invalidArgument, "account \(account): no dot in front, and no slash")
    }
    return try issue(
      account, to: "\(directory)/\(account)", now: now, days: days, overwrite: overwrite
    ) { builder throws(TLSFailure) in
      try builder.addPersonUsage()
      try builder.add(NID_subject_alt_name, "URI:\(AccountURI.uri(account))")
    }
  }

  private func issue(
    _ commonName: String, to base: String, now: Int64, days: Int, overwrite: Bool,
    fill: (CertificateBuilder) throws(TLSFailure) -> Void
  ) throws(TLSFailure) -> Issued {
    let (issuer, issuerKey) = try load()
    defer {
      X509_free(issuer)
      EVP_PKEY_free(issuerKey)
    }
    let key = try CertificateBuilder.newKey()
    defer { EVP_PKEY_free(key) }
    let builder = try CertificateBuilder(
      commonName: commonName, key: key, validFrom: now, days: days, issuer: issuer)
    try fill(builder)
    try builder.sign(with: issuerKey)
    try write(
      try CertificateBuilder.pem(ofKey: key), to: "\(base).key", mode: 0o600, overwrite: overwrite)
    try write(
      try builder.pem(), to: "\(base).pem", mode: 0o644, overwrite: overwrite)
    return Issued(
      certificateFile: "\(base).pem", keyFile: "\(base).key", identity: try builder.identity())
  }

  /// Adds certificates to the revocation list, by their serial numbers in hexadecimal, and writes
  /// it anew.
  ///
  /// With none it renews the list's validity.
  public func revoke(
    serials: [String], now: Int64, days: Int = revocationListDays
  ) throws(TLSFailure) {
    // Two at once would each write a list without the other's.
    let lock = try FolderLock(directory)
    defer { lock.release() }
    let list = try ownList()
    defer { X509_CRL_free(list) }
    var revoked = RevocationList.entries(of: list)
    for serial in serials {
      let plain = String(serial.uppercased().filter { $0 != ":" })
      guard (1...40).contains(plain.utf8.count), plain.utf8.allSatisfy({ $0.isHexadecimal }) else {
        throw TLSFailure(
          .invalidArgument, "serial \(serial): needs up to 40 hexadecimal digits")
      }
      let even = plain.utf8.count.isMultiple(of: 2) ? plain : "0" + plain
      if !revoked.contains(where: { $0.serial == even }) {
        revoked.append(RevocationList.Entry(serial: even, revoked: now))
      }
    }
    try writeRevocationList(
      revoked, number: RevocationList.number(of: list) + 1, now: now, days: days, overwrite: true)
  }

  /// The serial numbers on the list, in upper-case hexadecimal.
  public func revokedSerials() throws(TLSFailure) -> [String] {
    let list = try ownList()
    defer { X509_CRL_free(list) }
    return RevocationList.entries(of: list).map(\.serial)
  }

  /// The first list in the file, which is the only one that is written there; the caller frees it.
  func ownList() throws(TLSFailure) -> OpaquePointer {
    let bytes = try PEMFile.bytes(revocationListFile, what: "revocation list")
    let lists = try PEMFile.revocationLists(bytes, path: revocationListFile)
    for other in lists.dropFirst() { X509_CRL_free(other) }
    return lists[0]
  }

  private func writeRevocationList(
    _ entries: [RevocationList.Entry], number: Int, now: Int64, days: Int, overwrite: Bool
  ) throws(TLSFailure) {
    let (certificate, key) = try load()
    defer {
      X509_free(certificate)
      EVP_PKEY_free(key)
    }
    let pem = try RevocationList.pem(
      entries, number: number, issuer: certificate, key: key, now: now, days: days)
    try write(pem, to: revocationListFile, mode: 0o644, overwrite: overwrite)
  }

  /// The certificate and the key, which the caller frees.
  func load() throws(TLSFailure) -> (certificate: OpaquePointer, key: OpaquePointer) {
    let bytes = try PEMFile.bytes(certificateFile, what: "authority")
    let certificates = try PEMFile.certificates(bytes, path: certificateFile, what: "authority")
    for extra in certificates.dropFirst() { X509_free(extra) }
    let key: OpaquePointer
    do throws(TLSFailure) {
      key = try PEMFile.privateKey(keyFile)
    } catch {
      X509_free(certificates[0])
      throw error
    }
    guard X509_check_private_key(certificates[0], key) == 1 else {
      X509_free(certificates[0])
      EVP_PKEY_free(key)
      throw ErrorQueue.failure(
        .keyMismatch, "private key \(keyFile): key does not match certificate \(certificateFile)")
    }
    return (certificates[0], key)
  }

  /// A host name or an address as OpenSSL's configuration language has it; nothing that could end
  /// the entry and begin another.
  private static func alternative(_ name: String) throws(TLSFailure) -> String {
    let isAddress =
      name.utf8.contains(UInt8(ascii: ":"))
      || name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0.isDigit }
    let isPlain = name.utf8.allSatisfy {
      $0.isDigit || $0.isLetter || "-.*:".utf8.contains($0)
    }
    guard (1...253).contains(name.utf8.count), isPlain else {
      throw TLSFailure(.invalidArgument, "name \(name): not a host name or an IP address")
    }
    return "\(isAddress ? "IP" : "DNS"):\(name)"
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
  fileprivate var isHexadecimal: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}

/// Writes a file of the authority, whole or not at all.
private func write(
  _ bytes: [UInt8], to path: String, mode: UInt32, overwrite: Bool
) throws(TLSFailure) {
  do throws(PrivateFileFailure) {
    try PrivateFile.write(bytes, to: path, mode: mode, overwrite: overwrite)
  } catch {
    throw TLSFailure(error.reason == .exists ? .fileExists : .unwritableFile, "\(error)")
  }
}
