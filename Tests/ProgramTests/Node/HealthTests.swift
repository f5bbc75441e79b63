import Foundation
import TestSupport
import Testing

@Suite("A node tells of its health and figures over HTTP", .timeLimit(.minutes(1)))
struct HealthTests {
  @Test("It is alive and ready; the figures are in Prometheus' text form, without persons")
  func healthy() async throws {
    let office = try await Office.ready(Office.county)
    let (node, health) = try await HealthAddress.start(Office.county, of: office)
    #expect(try await health.get("/health/live").body == "alive\n")
    let ready = try await health.get("/health/ready")
    #expect(ready.status == "200" && ready.body == "ready\n")
    let metrics = try await health.get("/metrics")
    #expect(metrics.status == "200")
    #expect(metrics.type == "text/plain; version=0.0.4; charset=utf-8")
    var kinds: [Substring: Substring] = [:]
    var values: [Substring: Double] = [:]
    for line in metrics.body.split(separator: "\n") {
      if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (gauge|counter|histogram)/) {
        #expect(kinds.updateValue(type.2, forKey: type.1) == nil, "a figure has one type")
      } else if !line.hasPrefix("# HELP ") {
        let sample = try #require(
          line.wholeMatch(of: /([a-z_]+)(\{(?:[a-z_]+="[^"\\\n]*",?)+\})? (-?[0-9.]+)/), "\(line)")
        let histogram = sample.1.replacing(/_(bucket|sum|count)$/, with: "")
        #expect((kinds[sample.1] ?? kinds[histogram]) != nil, "\(line)")
        values[sample.1 + (sample.2 ?? "")] = Double(sample.3)
      }
    }
    #expect(values["xiecha_node_info{division=\"440306\",kind=\"county\"}"] == 1)
    #expect(values["xiecha_connections"] == 0)
    #expect(try #require(values["xiecha_commits_total"]) > 0)
    #expect(
      try #require(values["xiecha_validity_left_seconds{what=\"certificate\"}"]) > 300 * 86_400)
    #expect(try #require(values["xiecha_disk_free_bytes"]) > 0)
    #expect(kinds.keys.allSatisfy { $0.hasSuffix("_total") == (kinds[$0] == "counter") })
    let other = try await health.get("/")
    #expect(other.status == "404" && other.body.contains("/metrics"))
    #expect(try await health.get("/metrics", method: "POST").status == "405")
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("While another process holds the writer it is alive and not ready, and says why")
  func stuck() async throws {
    let office = try await Office.ready(Office.county)
    let (node, health) = try await HealthAddress.start(Office.county, of: office)
    let holder = try WriterHolder(store: "440306.sqlite", in: office.folder)
    let stuck = try await health.get("/health/ready")
    #expect(stuck.status == "503")
    #expect(stuck.body == "the ledger's writer does not answer\n")
    #expect(try await health.get("/health/live").status == "200")
    try holder.release()
    #expect(try await health.get("/health/ready").status == "200")
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
