import Foundation
import TestSupport
import Testing

@Suite("S8.1: xiecha password", .timeLimit(.minutes(1)))
struct OwnPasswordTests {
  @Test("an operator's own password is changed, judged before, and the sign-in goes on")
  func changes() async throws {
    let office = try await Office.ready(Office.county)
    try await office.done(
      [
        "operator", "add", "--store", "440306.sqlite", "--name", "li.wei", "--role",
        "countyOperator", "--division", Office.county, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let ready = try #require(await node.line(with: "ready:"))
    let address = String(try #require(ready.split(separator: " ").last))
    for (file, password) in [
      ("old", Office.password), ("new", "Neue-Birke-0815"), ("weak", "short"),
    ] {
      try office.folder.write(password, to: "\(file).password")
    }
    func xiecha(_ arguments: String...) async throws -> ProgramRun {
      try await Program.operator.run(
        arguments, in: office.folder,
        environment: ["XDG_CONFIG_HOME": office.folder.file("config")])
    }
    func change(from old: String, to new: String) async throws -> ProgramRun {
      try await xiecha(
        "password", "--password-file", "\(old).password", "--new-password-file",
        "\(new).password")
    }
    let nowhere = try await xiecha(
      "sign-in", "work", "--node", "\(address),nowhere", "--division", Office.county, "--account",
      "li.wei", "--trust", "Certificates/authority.pem", "--password-file", "old.password")
    #expect(nowhere.exit == 2)
    #expect(nowhere.error.contains("several with commas between"))
    // The first address answers nobody; the second is the node.
    let signIn = try await xiecha(
      "sign-in", "work", "--node", "[::1]:1,\(address)", "--division", Office.county, "--account",
      "li.wei",
      "--trust", "Certificates/authority.pem", "--password-file", "old.password")
    #expect(signIn.exit == 0, "\(signIn.error)")
    #expect(!signIn.output.contains("signed in before"))
    for (new, why) in [("weak", "12 characters"), ("old", "before")] {
      let refused = try await change(from: "old", to: new)
      #expect(refused.exit == 1, "\(new)")
      #expect(refused.error.contains(why), "\(refused.error)")
    }
    let changed = try await change(from: "old", to: "new")
    #expect(changed.exit == 0, "\(changed.error)")
    let unknown = try await xiecha(
      "follow", "018bcfe5-687b-7fff-bfff-ffffffffffff", "--purpose", "x")
    #expect(unknown.exit == 1)
    let trace = try #require(
      unknown.error.firstMatch(of: /trace ([0-9a-f]{32})/), "\(unknown.error)")
    #expect(await node.line(with: "trace=\(trace.1)", on: .error)?.contains("refused") == true)
    let who = try await xiecha("whoami")
    #expect(who.exit == 0)
    #expect(who.output.contains("signed in before"))
    let wrong = try await change(from: "old", to: "new")
    #expect(wrong.exit == 3, "\(wrong.exit) \(wrong.error)")
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
