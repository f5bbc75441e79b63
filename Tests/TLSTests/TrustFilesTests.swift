import Foundation
import TestSupport
import Testing

@testable import TLS

@Suite("Trust roots and keys that are replaced while a node is at work (S8.1)")
struct TrustFilesTests {
  private let now = Int64(Date().timeIntervalSince1970)
  private let folder: TemporaryFolder
  private let old: CertificateAuthority
  private let new: CertificateAuthority
  private let files: TLSConfiguration

  init() throws {
    folder = try TemporaryFolder()
    for name in ["old", "new", "node"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: false)
    }
    old = try .create(in: folder.file("old"), now: now)
    new = try .create(in: folder.file("new"), now: now)
    let issued = try old.issueNode(division: "440306", in: folder.file("node"), now: now)
    files = TLSConfiguration(
      certificateChainFile: issued.certificateFile, privateKeyFile: issued.keyFile,
      trustRootsFile: folder.file("node/authority.pem"),
      revocationListFile: folder.file("node/revoked.pem"))
    try copy(old.certificateFile, to: files.trustRootsFile)
    try copy(old.revocationListFile, to: folder.file("node/revoked.pem"))
  }

  private func copy(_ file: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: file, toPath: other)
  }

  private func take(_ authorities: [CertificateAuthority], retired: [CertificateAuthority] = [])
    throws
  {
    try TrustFiles(files).take(
      roots: authorities.map { try $0.root() },
      retired: retired.map { TrustFiles.digest(of: try $0.root()) },
      lists: authorities.map { try $0.list() })
  }

  @Test("a root comes with its list, another goes with its own, and a node can always start")
  func roots() throws {
    _ = try TLSContext(server: files)
    try take([new, old])
    #expect(try TrustFiles(files).roots() == [old.root(), new.root()])
    _ = try TLSContext(server: files)
    // Whoever has a certificate of the new one is believed, and no more when it is on the new list.
    let other = try new.issueNode(division: "440307", in: folder.file("new"), now: now)
    let identity = try #require(
      Signatory(certificate: try KeyFiles(configuration(other)).certificate(), authorities: []))
    #expect(try SignatoryTrust(files).vouches(for: identity))
    try new.revoke(serials: [other.identity.serial], now: now)
    try take([new])
    #expect(try SignatoryTrust(files).revocation(of: identity) == now)
    // The old one goes; what it vouched for was sealed then, and what it had revoked stays revoked.
    let own = try #require(
      Signatory(certificate: try KeyFiles(files).certificate(), authorities: []))
    let gone = try old.issueNode(division: "440310", in: folder.file("old"), now: now)
    try old.revoke(serials: [gone.identity.serial], now: now)
    try take([old])
    try take([new], retired: [old])
    #expect(try TrustFiles(files).roots() == [new.root()])
    #expect(try SignatoryTrust(files).vouches(for: own))
    let revoked = try #require(
      Signatory(certificate: try KeyFiles(configuration(gone)).certificate(), authorities: []))
    #expect(try SignatoryTrust(files).revocation(of: revoked) == now)
    // Again, as after a kill: nothing more happens.
    try take([new], retired: [old])
    #expect(try TrustFiles(files).roots() == [new.root()])
    _ = try TLSContext(server: configuration(other))
  }

  private func configuration(_ issued: CertificateAuthority.Issued) -> TLSConfiguration {
    var configuration = files
    configuration.certificateChainFile = issued.certificateFile
    configuration.privateKeyFile = issued.keyFile
    return configuration
  }

  @Test("an older list never takes the place of a later one: nobody is un-revoked")
  func lists() throws {
    let stale = try old.list()
    let issued = try old.issueNode(division: "440308", in: folder.file("old"), now: now)
    try old.revoke(serials: [issued.identity.serial], now: now)
    try take([old])
    try TrustFiles(files).take(roots: [try old.root()], retired: [], lists: [stale])
    let revoked = try #require(
      Signatory(certificate: try KeyFiles(configuration(issued)).certificate(), authorities: []))
    #expect(try SignatoryTrust(files).revocation(of: revoked) == now)
  }

  @Test("the authority's own folder is no node's to change, and some root always stays")
  func refusals() throws {
    var own = files
    own.trustRootsFile = old.certificateFile
    let refused = #expect(throws: TLSFailure.self) {
      try TrustFiles(own).take(roots: [try new.root()], retired: [], lists: [])
    }
    #expect(refused?.text.contains("folder of its own") == true)
    #expect(throws: TLSFailure.self) {
      try TrustFiles(files).take(
        roots: [], retired: [TrustFiles.digest(of: try old.root())], lists: [])
    }
    #expect(try TrustFiles(files).roots() == [old.root()])
  }

  @Test("a certificate is kept only for the new key, of the own division, by a believed root")
  func keys() async throws {
    let keys = try KeyFiles(files)
    let before = try await uses(of: files.certificateChainFile)
    let request = try keys.request()
    #expect(!keys.hasComing)
    let own = try keys.certificate()
    let foreign = try new.renew(request, like: own, now: now)
    #expect(throws: TLSFailure.self) { try keys.keep(foreign) }
    let other = try old.issueNode(division: "440309", in: folder.file("old"), now: now)
    #expect(throws: TLSFailure.self) {
      try keys.keep(try KeyFiles(configuration(other)).certificate())
    }
    #expect(throws: TLSFailure.self) { try keys.keep(own) }
    let good = try old.renew(request, like: own, now: now)
    try keys.keep(good)
    #expect(keys.hasComing)
    _ = try TLSContext(client: keys.coming)
    // The request's signature differs each time; its key does not.
    #expect(try keys.request().hasKey(of: request))
    try keys.adopt()
    try keys.adopt()
    #expect(try keys.certificate() == good)
    #expect(!keys.hasComing)
    _ = try TLSContext(server: files)
    // A renewal widens nothing: the same names, the same uses.
    #expect(try await uses(of: files.certificateChainFile) == before)
  }

  /// What a certificate is for, as the system's own tool tells.
  private func uses(of file: String?) async throws -> String {
    let run = try await ProgramRun(
      "/usr/bin/openssl",
      [
        "x509", "-noout", "-in", file ?? "", "-ext",
        "subjectAltName,extendedKeyUsage,keyUsage,basicConstraints",
      ], environment: [:], in: folder.path)
    try #require(run.output.contains("xiecha:division:440306"))
    return run.output
  }
}
