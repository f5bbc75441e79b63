import Foundation
import Ledger
import TestSupport
import Testing

@Suite("A node as a process", .timeLimit(.minutes(1)))
struct NodeRunTests {
  @Test("Help says what it does, its exit codes and its signals, in both languages")
  func help() async throws {
    let result = try await Program.node.run(["--help"], in: try TemporaryFolder())
    #expect(result.exit == 0)
    for part in ["运行省、县、乡节点", "--config", "--check", "SIGHUP", "Exit codes"] {
      #expect(result.output.contains(part))
    }
    let wrong = try await Program.node.run([], in: try TemporaryFolder())
    #expect(wrong.exit == 2)
    #expect(wrong.error.contains("--config"))
  }

  @Test("It says when it listens, keeps its files to itself, and stops on SIGTERM and SIGINT")
  func startAndStop() async throws {
    let office = try await Office.ready(Office.county)
    for signal in [SIGTERM, SIGINT] {
      let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
      let ready = try #require(await node.line(with: "ready:"))
      #expect(ready.hasPrefix("ready: county 440306 宝安区 listens on 127.0.0.1:"))
      #expect(!ready.hasSuffix(":0"))
      node.signal(signal)
      #expect(await node.exit() == 0)
    }
    #expect(office.folder.mode(of: "440306.sqlite") == 0o600)
  }

  @Test("The secret behind false salts outlives a restart and an update: another would tell")
  func decoySecret() async throws {
    let office = try await Office.ready(Office.county)
    let former = office.folder.file("440306.sqlite.decoy")
    try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: former))
    for _ in 0..<2 {
      let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
      _ = try #require(await node.line(with: "ready:"))
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
      let ledger = try Ledger(path: office.folder.file("440306.sqlite"))
      let kept = try await ledger.commit { try $0.decoySecret(otherwise: []) }
      #expect(kept == [UInt8](repeating: 7, count: 32))
      try ledger.close()
      #expect(!FileManager.default.fileExists(atPath: former))
    }
  }

  @Test("--check looks at everything that is named and opens nothing")
  func check() async throws {
    let office = try await Office.ready(Office.county)
    let result = try await Program.node.run(
      ["--check", "--config", "\(Office.county).json"], in: office.folder)
    #expect(result.exit == 0)
    #expect(result.output == "ok: county 440306 宝安区\n")
    #expect(office.folder.mode(of: "440306.sqlite") == nil)
  }

  @Test("SIGHUP reads the certificates again; where one is bad the old ones stay")
  func reload() async throws {
    let office = try await Office.ready(Office.county)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    node.signal(SIGHUP)
    #expect(await node.line(with: "certificates read again", on: .error) != nil)
    try office.folder.write("no certificate", to: "Certificates/440306.pem")
    node.signal(SIGHUP)
    #expect(await node.line(with: "certificates not read again", on: .error) != nil)
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("S4.5: a calendar that is imported while the node runs is taken on SIGHUP")
  func calendar() async throws {
    let office = try await Office.ready(Office.county)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    try office.folder.write(TestCalendar.next, to: "2027.csv")
    try await office.done(["calendar", "import", "--store", "440306.sqlite", "2027.csv"])
    node.signal(SIGHUP)
    #expect(await node.line(with: "calendar read again", on: .error) != nil)
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("A neighbour has several addresses, tried in turn; of a wrong list the address is named")
  func addresses() async throws {
    let office = try await Office.ready(Office.province)
    // Nothing listens on port 1; the name has addresses of both kinds.
    let (province, county) = try await office.startLinked(before: ["127.0.0.1:1", "[::1]:1"])
    for node in [county, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
    try office.change(
      Office.county, "uplinks",
      to: [
        "440000": ["endpoint": "127.0.0.1:1, nowhere", "passwordFile": "440306.password"]
      ])
    let wrong = try await Program.node.run(
      ["--check", "--config", "440306.json"], in: office.folder)
    #expect(wrong.exit == 2)
    #expect(wrong.error.contains("uplinks.440000.endpoint: nowhere is not host:port"))
  }

  @Test("S2.1: a county finds its province, and neither waits for the other when it stops")
  func link() async throws {
    let office = try await Office.ready(Office.province)
    let (province, county) = try await office.startLinked()
    let nodes = try await office.done(["node", "list", "--store", "440000.sqlite", "--json"])
    #expect(nodes.output.contains(#""division":"440306""#))
    #expect(!nodes.output.contains(#""lastSeen":"""#))
    let begun = ContinuousClock.now
    province.signal(SIGTERM)
    #expect(await province.exit() == 0)
    #expect(ContinuousClock.now - begun < .seconds(5))
    county.signal(SIGTERM)
    #expect(await county.exit() == 0)
  }
}
