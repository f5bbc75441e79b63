import Glibc
import Testing

@testable import TLS

@Suite("The authority and the files of a node")
struct CertificateAuthorityTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  func kind(_ body: () throws -> Void) -> TLSFailure.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? TLSFailure)?.kind
    }
  }

  @Test("private keys are the owner's alone, from the first moment")
  func modes() {
    for (file, mode) in [
      (network.authority.keyFile, 0o600), ("\(network.directory)/350000.key", 0o600),
      (network.authority.certificateFile, 0o644), ("\(network.directory)/350000.pem", 0o644),
    ] {
      var status = stat()
      #expect(stat(file, &status) == 0)
      #expect(Int(status.st_mode & 0o777) == mode, "\(file)")
    }
  }

  @Test("nothing that is there is replaced unless asked, and no half-written file stays")
  func overwriting() throws {
    let before = readText(network.authority.keyFile)
    #expect(
      kind { _ = try CertificateAuthority.create(in: network.directory, now: network.now) }
        == .fileExists)
    #expect(
      kind {
        _ = try network.authority.issueNode(
          division: "350000", in: network.directory, now: network.now)
      } == .fileExists)
    #expect(readText(network.authority.keyFile) == before)
    let listing = try #require(opendir(network.directory))
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    #expect(!names.contains { $0.hasSuffix(".new") })
    #expect(names.count == 2 + 3 + 4)
  }

  @Test("a certificate names its division, its validity and a serial number of its own")
  func issued() throws {
    let one = try network.authority.issueNode(
      division: "350425101000", names: ["node.example", "10.0.0.1", "::1"], in: network.directory,
      now: network.now, days: 10)
    #expect(one.identity.division == "350425101000")
    #expect(one.identity.expires == network.now + 10 * 86_400)
    #expect(one.identity.serial.utf8.count == 32)
    let two = try network.authority.issueNode(
      division: "350425101000", in: network.directory, now: network.now, overwrite: true)
    #expect(one.identity.serial != two.identity.serial)
  }

  @Test(
    "arguments that could smuggle something into a certificate are refused",
    arguments: ["", "a b", "x,URI:xiecha:division:110000", "a\n", "名字", "@section", "a=b"])
  func smuggling(name: String) {
    #expect(
      kind {
        _ = try network.authority.issueNode(
          division: "350001", names: [name], in: network.directory, now: network.now)
      } == .invalidArgument)
  }

  @Test(
    "a division has 2 to 12 digits",
    arguments: ["", "3", "3500000000000", "35a000", "350000,DNS:x", "３５００００"])
  func badDivision(division: String) {
    #expect(
      kind {
        _ = try network.authority.issueNode(
          division: division, in: network.directory, now: network.now)
      } == .invalidArgument)
  }

  @Test("the revocation list keeps what it has, takes each serial once, and refuses nonsense")
  func revocationList() throws {
    let authority = try CertificateAuthority(directory: network.directory)
    #expect(try authority.revokedSerials() == [])
    try authority.revoke(serials: ["0A:0b", "ff"], now: network.now)
    try authority.revoke(serials: ["a0b", "123456"], now: network.now)
    #expect(try Set(authority.revokedSerials()) == ["0A0B", "FF", "123456"])
    #expect(try authority.revokedSerials().count == 3)
    for serial in ["", "xyz", String(repeating: "a", count: 41)] {
      #expect(
        kind { try authority.revoke(serials: [serial], now: network.now) } == .invalidArgument)
    }
  }

  @Test("files that do not fit are named, with what is wrong")
  func badFiles() throws {
    let directory = network.directory
    let garbage = "\(directory)/garbage.pem"
    try #require(writeText("not a certificate", garbage))
    let half = "\(directory)/half.pem"
    let whole = try #require(readText("\(directory)/350000.pem"))
    try #require(writeText(String(whole.prefix(whole.utf8.count / 2)), half))
    let foreign = try TestNetwork()
    let good = network.configuration(TestNetwork.province)
    func with(_ change: (inout TLSConfiguration) -> Void) -> TLSConfiguration {
      var configuration = good
      change(&configuration)
      return configuration
    }
    let cases: [(TLSConfiguration, TLSFailure.Kind, String)] = [
      (with { $0.certificateChainFile = "/nowhere.pem" }, .unreadableFile, "/nowhere.pem"),
      (with { $0.certificateChainFile = garbage }, .malformedCertificate, garbage),
      (with { $0.certificateChainFile = half }, .malformedCertificate, half),
      (with { $0.privateKeyFile = garbage }, .unreadableKey, garbage),
      (
        with { $0.privateKeyFile = "\(directory)/350425.key" }, .keyMismatch,
        "key does not match certificate"
      ),
      (with { $0.privateKeyFile = nil }, .invalidArgument, "privateKeyFile"),
      (with { $0.trustRootsFile = garbage }, .malformedCertificate, garbage),
      (with { $0.trustRootsFile = "/nowhere.pem" }, .unreadableFile, "/nowhere.pem"),
      (with { $0.revocationListFile = garbage }, .malformedRevocationList, garbage),
      (
        with { $0.revocationListFile = foreign.authority.revocationListFile },
        .malformedRevocationList, "signed by none of the trust roots"
      ),
    ]
    for (configuration, expected, words) in cases {
      let failure = #expect(throws: TLSFailure.self) {
        _ = try TLSContext(server: configuration)
      }
      #expect(failure?.kind == expected)
      #expect(failure?.text.contains(words) == true, "\(failure?.text ?? "")")
    }
  }

  @Test("an authority whose key is another's cannot be opened")
  func foreignKey() throws {
    let foreign = try TestNetwork()
    let key = try #require(readText(foreign.authority.keyFile))
    try #require(writeText(key, network.authority.keyFile))
    #expect(
      kind { _ = try CertificateAuthority(directory: network.directory) } == .keyMismatch)
  }
}
