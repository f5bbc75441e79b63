import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@Suite("A node that cannot start says so in one line and by its exit code")
struct NodeRefusalTests {
  /// Starts a node of the county and returns its one line.
  private func refusal(
    _ office: Office, exit: Int32, environment: [String: String] = [:],
    _ place: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let result = try await Program.node.run(
      ["--config", "\(Office.county).json", "--lang", "en"], in: office.folder,
      environment: environment)
    #expect(result.exit == exit, "\(result.error)", sourceLocation: place)
    #expect(result.output.isEmpty, sourceLocation: place)
    let lines = result.error.split(separator: "\n").filter { $0.hasPrefix("xiecha-node: ") }
    #expect(
      lines.count == 1 && !result.error.contains("Fatal"), "\(result.error)", sourceLocation: place)
    return lines.first.map(String.init) ?? ""
  }

  @Test(
    "A wrong key or value is named",
    arguments: [
      ("limits.conections", "100", "limits.conections"),
      ("colour", "red", "colour"),
      ("uplinks.440000.password", "x", "uplinks.440000.password"),
      ("listen", "", "listen"),
      ("listen", "here", "listen"),
      ("listen", "127.0.0.1:70000", "listen"),
      ("store", "", "store"),
      ("node.division", "440", "node.division"),
      ("node.division", "440300", "node.division"),
      ("node.kind", "township", "node.kind"),
      ("node.kind", "district", "node.kind"),
      ("node.profile", "provincial-1999", "node.profile"),
      ("tls.key", "", "tls.key"),
      ("tls.minimumVersion", "1.1", "tls.minimumVersion"),
      ("log.level", "loud", "log.level"),
      ("limits.calls", "many", "limits.calls"),
      ("uplinks.350000", "x", "uplinks.350000"),
      ("uplinks.440000.endpoint", "", "uplinks.440000.endpoint"),
      ("tls", "none", "tls"),
      ("signIn.certificateFor", "auditor,king", "signIn.certificateFor"),
      ("signIn.certificateFor", "countyNode", "signIn.certificateFor"),
      ("signIn.idleMinutes", "never", "signIn.idleMinutes"),
    ])
  func wrongValue(path: String, value: String, named: String) async throws {
    let office = try await Office.ready(Office.county)
    try office.change(Office.county, path, to: value)
    // The kind follows from the code where it is not given.
    if path == "node.division" { try office.change(Office.county, "node.kind", to: nil) }
    let line = try await refusal(office, exit: 2)
    #expect(line.contains("\(Office.county).json, key \(named)"))
  }

  @Test("A number out of bounds, and a number for a text")
  func wrongType() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(Office.county, "limits.connections", to: 0)
    #expect(try await refusal(office, exit: 2).contains("0 is not within 1 to 100000"))
    try office.change(Office.county, "limits.connections", to: 10)
    for key in ["retention.itemDays", "retention.traceDays"] {
      try office.change(Office.county, key, to: 183)
      #expect(try await refusal(office, exit: 2).contains("\(key): 183 is not within 184 to 36500"))
      try office.change(Office.county, key, to: 184)
    }
    try office.change(Office.county, "node.division", to: 440_306)
    #expect(try await refusal(office, exit: 2).contains("key node.division: a text in quotes"))
  }

  @Test("A county dials its own province only, S2.3")
  func foreignProvince() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(
      Office.county, "uplinks.350000", to: ["endpoint": "127.0.0.1:1", "passwordFile": "x"])
    #expect(try await refusal(office, exit: 2).contains("its own province 440000 only"))
  }

  @Test("The environment overrides the file, and is checked as the file is")
  func environment() async throws {
    let office = try await Office.ready(Office.county)
    let line = try await refusal(
      office, exit: 2, environment: ["XIECHA_LIMITS_DRAIN_SECONDS": "301"])
    #expect(line.contains("limits.drainSeconds: 301 is not within 0 to 300"))
  }

  @Test("No file, no JSON, no object")
  func unreadableFile() async throws {
    let office = try Office()
    #expect(try await refusal(office, exit: 2).contains("\(Office.county).json"))
    for text in ["{\"node\": ", "[]"] {
      try office.folder.write(text, to: "\(Office.county).json")
      #expect(try await refusal(office, exit: 2).contains("cannot use the configuration"))
    }
  }

  @Test("A port that somebody else listens on is exit code 4")
  func portInUse() async throws {
    let office = try await Office.ready(Office.province, Office.county)
    let other = try RunningNode(config: "\(Office.province).json", in: office.folder)
    let ready = try #require(await other.line(with: "ready:"))
    let port = try #require(ready.split(separator: ":").last.flatMap { Int($0) })
    try office.change(Office.county, "listen", to: "127.0.0.1:\(port)")
    #expect(try await refusal(office, exit: 4).contains("cannot listen on 127.0.0.1:\(port)"))
    other.signal(SIGTERM)
    #expect(await other.exit() == 0)
  }

  @Test("Keys and certificates: missing, no key, another's, of another division: exit code 3")
  func credentials() async throws {
    let office = try await Office.ready(Office.county, Office.township)
    try office.change(Office.county, "tls.key", to: "nowhere.key")
    #expect(try await refusal(office, exit: 3).contains("nowhere.key"))
    try office.folder.write("no key", to: "nowhere.key")
    #expect(try await refusal(office, exit: 3).contains("must be PEM"))
    try office.change(Office.county, "tls.key", to: "Certificates/\(Office.township).key")
    #expect(try await refusal(office, exit: 3).contains("does not match certificate"))
    try office.change(Office.county, "tls.certificate", to: "Certificates/\(Office.township).pem")
    #expect(try await refusal(office, exit: 3).contains("of division 440306018, not of 440306"))
    try office.change(Office.county, "tls.trust", to: "nowhere.key")
    #expect(try await refusal(office, exit: 3).contains("trust roots"))
  }

  @Test("A password file that is missing, open to others or empty is exit code 3")
  func passwordFile() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(
      Office.county, "uplinks.440000", to: ["endpoint": "127.0.0.1:1", "passwordFile": "p"])
    #expect(try await refusal(office, exit: 3).contains("cannot read the password file"))
    try office.folder.write(Office.password, to: "p", mode: 0o640)
    #expect(try await refusal(office, exit: 3).contains("chmod 600"))
    try office.folder.write("\n", to: "p")
    #expect(try await refusal(office, exit: 3).contains("holds no password"))
  }

  @Test("A ledger of a newer version, a stranger's file, a folder that is missing: exit code 6")
  func store() async throws {
    let office = try await Office.ready(Office.county)
    let path = office.folder.file("\(Office.county).sqlite")
    try Ledger(path: path).close()
    let newer = try DatabaseQueue(path: path)
    try await newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 dreams')") }
    try newer.close()
    #expect(try await refusal(office, exit: 6).contains("a newer version"))
    try office.change(Office.county, "store", to: "\(Office.county).json")
    #expect(try await refusal(office, exit: 6).contains("is not a ledger"))
    try office.change(Office.county, "store", to: "nowhere/store.sqlite")
    #expect(try await refusal(office, exit: 6).contains("create its folder first"))
  }

  @Test("A second node on the same ledger is exit code 6")
  func storeInUse() async throws {
    let office = try await Office.ready(Office.county)
    let first = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await first.line(with: "ready:"))
    #expect(try await refusal(office, exit: 6).contains("in use by another node"))
    first.signal(SIGTERM)
    #expect(await first.exit() == 0)
  }

  @Test("A ledger is one node's: another's start on it is exit code 6, and says whose it is")
  func othersStore() async throws {
    let office = try await Office.ready(Office.county, Office.township)
    let first = try RunningNode(config: "\(Office.township).json", in: office.folder)
    _ = try #require(await first.line(with: "ready:"))
    first.signal(SIGTERM)
    #expect(await first.exit() == 0)
    try office.change(Office.county, "store", to: "\(Office.township).sqlite")
    #expect(try await refusal(office, exit: 6).contains("is that of node 440306018, not of 440306"))
  }

  @Test("A disk that takes no more is exit code 6, not a crash")
  func noSpace() async throws {
    let office = try await Office.ready(Office.county)
    // The shell's limit of a file's size, in KiB: the same refusal to grow as a full disk.
    let result = try await ProgramRun(
      "/bin/bash",
      ["-c", "ulimit -f 16; exec \(Program.node.path) --config \(Office.county).json"],
      environment: ["XIECHA_LANG": "en"], in: office.folder.path)
    #expect(result.exit == 6, "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(result.error.contains("\(Office.county).sqlite"))
  }
}
