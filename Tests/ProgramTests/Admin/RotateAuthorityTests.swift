import Foundation
import TestSupport
import Testing

@Suite("S8.1: another authority, and revoked certificates, over the links", .timeLimit(.minutes(2)))
struct RotateAuthorityTests {
  /// The authority's key lies apart from the nodes' files, as it should.
  private func setApart(_ office: Office) throws {
    let manager = FileManager.default
    try manager.copyItem(
      atPath: office.folder.file("Certificates"), toPath: office.folder.file("Authority"))
    try manager.removeItem(atPath: office.folder.file("Certificates/authority.key"))
  }

  private func done(_ status: [String], _ text: String, at office: Office) async throws {
    while try await !office.done(status + ["--json"]).output.contains(text) {}
  }

  @Test("every node believes both, moves over and then believes the new one alone")
  func rotates() async throws {
    let office = try await Office.ready(Office.province)
    let (province, county) = try await office.startLinked()
    try setApart(office)
    let both = ["--authority", "Authority", "--next", "Next"]
    let store = ["--store", "440000.sqlite"]
    let dry = try await office.done(
      ["rotate", "authority", "begin", "--dry-run"] + both + store)
    #expect(dry.output.contains("nothing was changed"))
    try await office.done(
      ["rotate", "authority", "begin", "--name", "Xiecha 2"] + both + store)
    #expect(await province.line(with: "the network's trust was taken", on: .error) != nil)
    try await done(["rotate", "authority", "status"] + both + store, #""trust":1"#, at: office)
    // The top node's own certificate comes from the authority itself; both roots stay in its files.
    try await office.done([
      "certificate", "issue", "--authority", "Next", "--division", Office.province, "--out",
      "Certificates", "--renew",
    ])
    let trust = try office.folder.text(of: "Certificates/authority.pem")
    #expect(trust.components(separatedBy: "BEGIN CERTIFICATE").count == 3)
    province.signal(SIGHUP)
    #expect(await county.line(with: "a rotation waits", on: .error) != nil)
    try await office.done(["certificate", "approve", "--authority", "Next"] + store)
    try await done(
      ["rotate", "status", "--store", "440306.sqlite"], #""step":"done""#, at: office)
    try await done(["rotate", "authority", "status"] + both + store, #""moved":true"#, at: office)
    // Who has moved keeps the old one from coming back.
    let late = try await office.admin(["rotate", "authority", "undo"] + both + store)
    #expect(late.exit == 1)
    #expect(late.error.contains("440306"))
    try await office.done(["rotate", "authority", "finish"] + both + store)
    try await done(["rotate", "authority", "status"] + both + store, #""trust":2"#, at: office)
    let last = try office.folder.text(of: "Certificates/authority.pem")
    #expect(last.components(separatedBy: "BEGIN CERTIFICATE").count == 2)
    try await office.done([
      "audit", "verify", "--store", "440306.sqlite", "--trust", "Certificates/authority.pem",
    ])
    for node in [county, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
  }

  @Test("a revoked certificate that is published ends its link, without a file carried anywhere")
  func published() async throws {
    let office = try await Office.ready(Office.province)
    let (province, county) = try await office.startLinked()
    try setApart(office)
    try await office.done([
      "certificate", "revoke", "--authority", "Authority", "--certificate",
      "Certificates/440306.pem",
    ])
    try await office.done([
      "certificate", "publish", "--authority", "Authority", "--store", "440000.sqlite",
    ])
    #expect(await province.line(with: "the network's trust was taken", on: .error) != nil)
    #expect(await county.line(with: "link to the node above is down", on: .error) != nil)
    for node in [county, province] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
  }
}
