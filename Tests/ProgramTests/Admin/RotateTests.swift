import Foundation
import TestSupport
import Testing

@Suite("S8.1: xiecha-admin rotate", .timeLimit(.minutes(1)))
struct RotateTests {
  private let county = ["--store", "440306.sqlite"]

  private func status(_ office: Office) async throws -> String {
    try await office.done(["rotate", "status", "--json"] + county).output
  }

  @Test("a county's password is replaced while both nodes run, and killed in the middle it goes on")
  func rotates() async throws {
    let office = try await Office.ready(Office.province)
    let (province, first) = try await office.startLinked()
    let old = try office.folder.text(of: "440306.password")
    let look = try await office.done(["rotate", "password", "--dry-run"] + county)
    #expect(look.output.contains("nothing was changed"))
    #expect(try await !status(office).contains("step"))

    try await office.done(["rotate", "password", "--overlap", "1h"] + county)
    #expect(await first.line(with: "step=offered", on: .error) != nil)
    first.signal(SIGKILL)
    _ = await first.exit()
    let second = try RunningNode(config: "440306.json", in: office.folder)
    while try await !status(office).contains(#""step":"done""#) {}
    let new = try office.folder.text(of: "440306.password")
    #expect(new != old)
    #expect(office.folder.mode(of: "440306.password") == 0o600)
    #expect(office.folder.mode(of: "440306.password.next") == nil)

    // S8.2: the province's office knows who changed what.
    let changes = try await office.done([
      "password", "changes", "--store", "440000.sqlite", "--json",
    ])
    #expect(changes.output.contains(#""account":"node:440306""#))
    let traces = try await office.done(["trace", "list", "--store", "440000.sqlite", "--json"])
    #expect(traces.output.contains("password-offered"))
    #expect(traces.output.contains("password-retired"))
    try await office.done([
      "audit", "verify", "--store", "440000.sqlite", "--trust", "Certificates/authority.pem",
    ])

    let none = try await office.admin(["rotate", "undo"] + county)
    #expect(none.exit == 1)
    #expect(none.error.contains("no rotation at 440000 goes on"))
    for node in [second, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
  }

  @Test("a province has no single node above: --at is asked for")
  func above() async throws {
    let office = try await Office.ready(Office.province)
    let node = try RunningNode(config: "440000.json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    let refused = try await office.admin(["rotate", "password", "--store", "440000.sqlite"])
    #expect(refused.exit == 2)
    #expect(refused.error.contains("--at"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
