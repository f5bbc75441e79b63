import Foundation
import TestSupport
import Testing

@Suite("A network set up by setup, invite and doctor", .timeLimit(.minutes(3)))
struct SetupTests {
  private let office: Office

  init() throws { office = try Office() }

  /// Runs `setup` for a node in a folder of its own, on a port that the system chooses.
  private func setup(_ kind: String, _ division: String, _ more: String...) async throws
    -> ProgramRun
  {
    try await office.admin(
      [
        "setup", kind, division, "--in", "at-\(division)", "--listen", "127.0.0.1:0", "--health",
        "127.0.0.1:0", "--account", "li.wei", "--display", "样例",
      ] + more, environment: ["XIECHA_PASSWORD": Office.password])
  }

  private func store(_ division: String) -> String {
    "at-\(division)/\(division)/\(division).sqlite"
  }

  private func start(_ division: String) async throws -> (node: RunningNode, address: String) {
    let node = try RunningNode(config: "at-\(division)/\(division).json", in: office.folder)
    let ready = try #require(await node.line(with: "ready:"))
    return (node, String(ready.split(separator: " ").last ?? ""))
  }

  /// The state of each thing that the doctor looks at.
  private func doctor(_ division: String) async throws -> (exit: Int32, found: [String: String]) {
    let run = try await office.admin(["doctor", "at-\(division)/\(division).json", "--json"])
    let findings = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: String]])
    let found = Dictionary(
      findings.map { ($0["area"] ?? "", $0["state"] ?? "") }, uniquingKeysWith: { _, last in last })
    return (run.exit, found)
  }

  @Test(
    "S8.1: province, county and township find each other; what travelled is worth nothing after")
  func network() async throws {
    let province = try await setup("province", "440000")
    #expect(province.exit == 0, "\(province.error)")
    #expect(province.output.contains("$ xiecha-admin authority create"))
    #expect(province.output.contains("invite each county"))
    let (top, topAddress) = try await start("440000")
    // The county makes its key itself: what travels holds none.
    try await office.done([
      "setup", "request", "440306", "--in", "at-440306", "--out", "440306.request",
    ])
    let key = try office.folder.text(of: "at-440306/440306/440306.key.next")
    let others = try await office.admin([
      "certificate", "issue", "--authority", "at-440000/authority", "--division", "440305",
      "--request", "440306.request", "--out", "others",
    ])
    #expect(others.exit == 2)
    #expect(others.error.contains("it is of 440306, not of 440305"))
    let invited = try await office.done([
      "invite", "440306", "--authority", "at-440000/authority", "--request", "440306.request",
      "--store", store("440000"), "--endpoint", "127.0.0.1:1,\(topAddress)", "--out",
      "440306.invitation",
    ])
    #expect(try !office.folder.text(of: "440306.invitation").contains("PRIVATE KEY"))
    #expect(invited.output.contains("by hand"))
    #expect(office.folder.mode(of: "440306.invitation") == 0o600)
    let county = try await setup("county", "440306", "--invitation", "440306.invitation")
    #expect(county.exit == 0, "\(county.error)")
    #expect(county.output.contains("shred -u 440306.invitation"))
    #expect(try office.folder.text(of: "at-440306/440306/440306.key") == key)
    let file = "at-440306/440306/440306.password"
    let travelled = try office.folder.text(of: file)
    let (middle, middleAddress) = try await start("440306")
    while try await !office.done(["rotate", "status", "--json", "--store", store("440306")])
      .output.contains(#""step":"done""#)
    {}
    #expect(try office.folder.text(of: file) != travelled)

    try await office.done([
      "certificate", "issue", "--authority", "at-440000/authority", "--division",
      Office.township, "--out", "issued",
    ])
    try await office.done([
      "invite", Office.township, "--certificates", "issued", "--store", store("440306"),
      "--endpoint", middleAddress, "--out", "township.invitation",
    ])
    let township = try await setup(
      "township", Office.township, "--invitation", "township.invitation")
    #expect(township.exit == 0, "\(township.error)")
    let (bottom, _) = try await start(Office.township)
    #expect(await bottom.line(with: "link open", on: .error) != nil)

    let well = try await doctor("440306")
    for area in ["files", "ledger", "certificate", "neighbour 440000", "link 440000"] {
      #expect(well.found[area] == "good", "\(area): \(well.found)")
    }
    for node in [bottom, middle, top] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: office.folder.file(file))
    let ill = try await doctor("440306")
    #expect(ill.exit == 5)
    #expect(ill.found["files"] == "bad")
    #expect(ill.found["node"] == "bad")
    #expect(ill.found["neighbour 440000"] == "bad")
  }

  @Test("A setup says what it needs, and changes nothing that is there")
  func refusals() async throws {
    let wrong = try await setup("county", "440000", "--invitation", "none")
    #expect(wrong.exit == 2)
    let none = try await setup("county", "440306", "--invitation", "none")
    #expect(none.exit == 2)
    #expect(none.error.contains("--invitation: none cannot be read"))
    try office.folder.write("{}", to: "empty.invitation")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: office.folder.file("empty.invitation"))
    let empty = try await setup("county", "440306", "--invitation", "empty.invitation")
    #expect(empty.error.contains("xiecha-admin invite"))
    let unasked = try await office.admin(["setup", "province", "440000", "--in", "there"])
    #expect(unasked.exit == 2)
    #expect(unasked.error.contains("--account"))
    try office.folder.write(Office.password + "\n", to: "own.password")
    // Cut off after the authority was made: the same command goes on.
    let made = try await office.admin(
      ["setup", "province", "440000", "--in", "there", "--account", "li", "--display", "样例"]
        + ["--duty", "auditor,judge,样例,own.password"],
      environment: ["XIECHA_PASSWORD": Office.password])
    #expect(made.exit == 0, "\(made.error)")
    #expect(made.output.contains("--role auditor --division 440000"))
    // AC-3: it says which of the three duties is nobody's yet.
    #expect(made.output.contains("--role securityAdministrator --division 440000"))
    let list = try await office.done([
      "operator", "list", "--store", "there/440000/440000.sqlite", "--json",
    ])
    #expect(list.output.contains(#""role":"auditor""#))
    #expect(office.folder.mode(of: "there/440000/people/judge.key") == 0o600)
    let again = try await office.admin(["setup", "province", "440000", "--in", "there"])
    #expect(again.exit == 1)
    #expect(again.error.contains("this node is set up"))
  }
}
