import Foundation
import TestSupport
import Testing

@Suite("A node tells of its health and figures over HTTP", .timeLimit(.minutes(1)))
struct HealthTests {
  /// A county's node with a health address of its own choice, and that address.
  private func start(_ office: Office) async throws -> (node: RunningNode, address: String) {
    try office.change(Office.county, "health", to: ["listen": "127.0.0.1:0"])
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let line = try #require(await node.line(with: "health and metrics", on: .error))
    let port = try #require(line.matches(of: /:(\d+)/).last).1
    _ = try #require(await node.line(with: "ready:"))
    return (node, "http://127.0.0.1:\(port)")
  }

  private func get(
    _ address: String, _ path: String, method: String = "GET"
  ) async throws -> (status: String, type: String, body: String) {
    let run = try await ProgramRun(
      "/usr/bin/python3",
      [
        "-c",
        """
        import sys, urllib.error, urllib.request
        request = urllib.request.Request(sys.argv[1], method=sys.argv[2])
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        print(answer.read().decode())
        print(answer.status, answer.headers["content-type"], end="")
        """, address + path, method,
      ], environment: [:], in: "/")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.last.map(String.init) ?? ""
    return (
      String(last.prefix(3)), String(last.dropFirst(4)), lines.dropLast().joined(separator: "\n")
    )
  }

  @Test("It is alive and ready; the figures are in Prometheus' text form, without persons")
  func healthy() async throws {
    let office = try await Office.ready(Office.county)
    let (node, address) = try await start(office)
    #expect(try await get(address, "/health/live").body == "alive\n")
    let ready = try await get(address, "/health/ready")
    #expect(ready.status == "200" && ready.body == "ready\n")
    let metrics = try await get(address, "/metrics")
    #expect(metrics.status == "200")
    #expect(metrics.type == "text/plain; version=0.0.4; charset=utf-8")
    var kinds: [Substring: Substring] = [:]
    var values: [Substring: Int64] = [:]
    for line in metrics.body.split(separator: "\n") {
      if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (gauge|counter)/) {
        #expect(kinds.updateValue(type.2, forKey: type.1) == nil, "a figure has one type")
      } else if !line.hasPrefix("# HELP ") {
        let sample = try #require(
          line.wholeMatch(of: /([a-z_]+)(\{(?:[a-z_]+="[^"\\\n]*",?)+\})? (-?\d+)/), "\(line)")
        #expect(kinds[sample.1] != nil, "\(line)")
        values[sample.1 + (sample.2 ?? "")] = Int64(sample.3)
      }
    }
    #expect(values["xiecha_node_info{division=\"440306\",kind=\"county\"}"] == 1)
    #expect(values["xiecha_connections"] == 0)
    #expect(try #require(values["xiecha_commits_total"]) > 0)
    #expect(try #require(values["xiecha_days_left{what=\"certificate\"}"]) > 300)
    #expect(try #require(values["xiecha_disk_free_bytes"]) > 0)
    #expect(kinds.keys.allSatisfy { $0.hasSuffix("_total") == (kinds[$0] == "counter") })
    let other = try await get(address, "/")
    #expect(other.status == "404" && other.body.contains("/metrics"))
    #expect(try await get(address, "/metrics", method: "POST").status == "405")
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("While another process holds the writer it is alive and not ready, and says why")
  func stuck() async throws {
    let office = try await Office.ready(Office.county)
    let (node, address) = try await start(office)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    holder.currentDirectoryURL = URL(fileURLWithPath: office.folder.path)
    holder.arguments = [
      "-c",
      """
      import sqlite3, sys
      held = sqlite3.connect("440306.sqlite", isolation_level=None)
      held.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      sys.stdin.read()
      """,
    ]
    let (input, output) = (Pipe(), Pipe())
    (holder.standardInput, holder.standardOutput) = (input, output)
    try holder.run()
    #expect(!output.fileHandleForReading.availableData.isEmpty)
    let stuck = try await get(address, "/health/ready")
    #expect(stuck.status == "503")
    #expect(stuck.body == "the ledger's writer does not answer\n")
    #expect(try await get(address, "/health/live").status == "200")
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(try await get(address, "/health/ready").status == "200")
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("Beyond loopback it listens only where that is said")
  func beyond() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(Office.county, "health", to: ["listen": "0.0.0.0:0"])
    let refused = try await Program.node.run(
      ["--check", "--config", "440306.json"], in: office.folder)
    #expect(refused.exit == 2)
    #expect(refused.error.contains("health.listen"))
    #expect(refused.error.contains("beyondLoopback"))
    try office.change(
      Office.county, "health", to: ["listen": "0.0.0.0:0", "beyondLoopback": "yes"])
    let allowed = try await Program.node.run(
      ["--check", "--config", "440306.json"], in: office.folder)
    #expect(allowed.exit == 0)
  }
}
