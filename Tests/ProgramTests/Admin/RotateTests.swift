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
    let above = ["--store", "440000.sqlite"]
    let open = try await office.done(["password", "changes", "--open", "--json"] + above)
    #expect(open.output.contains(#""account":"node:440306""#))
    try await office.done(["password", "acknowledge", "--all"] + above)
    let noted = try await office.done(["password", "changes", "--open", "--json"] + above)
    #expect(!noted.output.contains("node:440306"))
    let again = try await office.admin(["password", "acknowledge", "1"] + above)
    #expect(again.exit == 1)
    #expect(again.error.contains("1 is no open change"))
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

  @Test("a county's key is replaced while both nodes run, its authority answering by file")
  func key() async throws {
    let office = try await Office.ready(Office.province)
    let (province, first) = try await office.startLinked()
    let old = try office.folder.text(of: "Certificates/440306.pem")
    let look = try await office.done(["rotate", "key", "--dry-run"] + county)
    #expect(look.output.contains("nothing was changed"))
    try await office.done(["rotate", "key"] + county)
    let store = ["--store", "440000.sqlite"]
    while try await !status(office).contains("certificate approve") {}
    let listed = try await office.done(
      ["certificate", "requests", "--out", "requests", "--json"] + store)
    #expect(listed.output.contains(#""division":"440306""#))
    try await office.done([
      "certificate", "sign", "--authority", "Certificates", "requests/440306.request",
    ])
    let approve = ["certificate", "approve", "--signed", "requests/440306.signed"] + store
    let dry = try await office.done(approve + ["--dry-run"])
    #expect(dry.output.contains("would approve 1: 440306"))
    // Killed between the answer and its taking, it goes on.
    first.signal(SIGKILL)
    _ = await first.exit()
    try await office.done(approve)
    let second = try RunningNode(config: "440306.json", in: office.folder)
    while try await !status(office).contains(#""step":"done""#) {}
    #expect(try office.folder.text(of: "Certificates/440306.pem") != old)
    #expect(office.folder.mode(of: "Certificates/440306.key") == 0o600)
    #expect(office.folder.mode(of: "Certificates/440306.key.next") == nil)
    let none = try await office.admin(approve)
    #expect(none.exit == 1)
    #expect(none.error.contains("440306 asks for no certificate now"))
    let neither = try await office.admin(["certificate", "approve"] + store)
    #expect(neither.exit == 2)
    try await office.done([
      "audit", "verify", "--store", "440306.sqlite", "--trust", "Certificates/authority.pem",
    ])
    for node in [second, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
  }

  @Test("a node's certificate: the new one counts beside the old until it was used, then alone")
  func certificate() async throws {
    let office = try await Office.ready(Office.province)
    let (province, first) = try await office.startLinked()
    var old: [String: String] = [:]
    for file in ["440306.pem", "440306.key"] {
      old[file] = try office.folder.text(of: "Certificates/\(file)")
    }
    try await office.done([
      "certificate", "issue", "--authority", "Certificates", "--division", Office.county, "--out",
      "Certificates", "--renew",
    ])
    let register = [
      "node", "register", "--store", "440000.sqlite", "--division", Office.county, "--certificate",
      "Certificates/440306.pem",
    ]
    try await office.done(register + ["--beside"])
    let list = ["node", "list", "--store", "440000.sqlite", "--json"]
    #expect(try await !office.done(list).output.contains(#""coming":"""#))
    first.signal(SIGKILL)
    _ = await first.exit()
    let second = try RunningNode(config: "440306.json", in: office.folder)
    #expect(await second.line(with: "link open", on: .error) != nil)
    while try await !office.done(list).output.contains(#""coming":"""#) {}
    let traces = try await office.done(["trace", "list", "--store", "440000.sqlite", "--json"])
    #expect(traces.output.contains("certificate-adopted"))
    second.signal(SIGTERM)
    #expect(await second.exit() == 0)
    // The old one opens nothing any more.
    for (file, text) in old { try office.folder.write(text, to: "Certificates/\(file)") }
    let third = try RunningNode(config: "440306.json", in: office.folder)
    let refused = await third.line(with: "link to the node above is down", on: .error)
    #expect(refused?.contains("authentication-failed") == true)
    #expect(await province.line(with: "another certificate", on: .error) != nil)
    for node in [third, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
  }
}
