import Foundation
import TestSupport
import Testing

@Suite(
  "A node whose ledger is in a PostgreSQL database", .timeLimit(.minutes(5)),
  .enabled(if: TestStore.server != nil, "Tools/postgresql starts the server"))
struct NodeOnServerTests {
  private let office: Office
  private let place: String

  init() async throws {
    office = try await Office.ready(Office.county)
    place = TestStore.place(office.folder.file("store"))
    try office.change(Office.county, "store", to: place)
  }

  @Test("It serves its operators, and what they wrote is there after a restart and beside a second")
  func serving() async throws {
    let added = try await office.admin(
      [
        "operator", "add", "--store", place, "--name", "county", "--role", "countyOperator",
        "--division", Office.county, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    try #require(added.exit == 0, "\(added.error)")
    let period = ["--first", "2026-01-01", "--last", "2026-03-31"]
    for isFirst in [true, false] {
      let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
      let ready = try #require(await node.line(with: "ready:"))
      let signed = try await xiecha([
        "sign-in", "c\(isFirst)", "--node", String(ready.split(separator: " ").last ?? ""),
        "--division", Office.county, "--account", "county", "--trust",
        "Certificates/authority.pem",
      ])
      try #require(signed.exit == 0, "\(signed.error)")
      if isFirst {
        let published = try await xiecha(["flows", "publish"] + period)
        #expect(published.exit == 0, "\(published.error)")
      }
      let flows = try await xiecha(["flows", "--profile", "c\(isFirst)"])
      #expect(flows.output.contains("2026-03-31"), "\(flows.error)")
      let second = try RunningNode(config: "\(Office.county).json", in: office.folder)
      #expect(await second.exit() == 6)
      // Beside the node, an administrator looks and writes.
      let status = try await office.admin(["status", "--store", place])
      #expect(status.exit == 0, "\(status.error)")
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
    let verified = try await office.admin([
      "audit", "verify", "--store", place, "--trust", "Certificates/authority.pem",
    ])
    #expect(verified.exit == 0, "\(verified.error)")
  }

  @Test("What the server's people do is refused, with what they do it by")
  func refusals() async throws {
    try office.change(Office.county, "backup", to: ["folder": "b", "keyFile": "b.key"])
    let check = try await Program.node.run(
      ["--check", "--config", "\(Office.county).json"], in: office.folder)
    #expect(check.exit == 2 && check.error.contains("backup.folder"), "\(check.error)")
    try await office.done(["backup", "key", "create", "b.key"])
    try office.change(Office.county, "backup", to: nil)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    for refused in [
      ["backup", "make", "--store", place, "--key", "b.key", "--to", "x.xcbackup"],
      ["rebuild", "--store", place, "--division", Office.county, "--neighbour", "440000"],
    ] {
      let run = try await office.admin(refused + ["--lang", "en"])
      #expect(run.exit != 0 && run.error.contains("server"), "\(refused): \(run.error)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  private func xiecha(_ arguments: [String]) async throws -> ProgramRun {
    try await Program.operator.run(
      arguments, in: office.folder,
      environment: ["HOME": office.folder.path, "XIECHA_PASSWORD": Office.password])
  }
}
