import Credentials
import Foundation
import Ledger
import TestSupport
import Testing

@Suite("xiecha-admin: accounts and passwords (S8.1, S8.2, AUTH-1, AC-1, AC-2)")
struct OperatorTests {
  let office: Office

  init() throws {
    office = try Office()
  }

  private func account(_ name: String) async throws -> StoredAccount? {
    let ledger = try Ledger(
      path: office.folder.file("store.sqlite"), options: LedgerOptions(owner: .administration))
    let account = try await ledger.read { try $0.account(name) }
    try ledger.close()
    return account
  }

  @Test("An operator is added, listed, switched off and on; the password is nowhere")
  func lifeOfAnAccount() async throws {
    let added = try await office.addOperator("li.wei")
    #expect(added.exit == 0, "\(added.error)")
    #expect(office.folder.mode(of: "store.sqlite") == 0o600)
    let stored = try #require(try await account("li.wei"))
    #expect(ScramVerifier(text: stored.verifier)?.matches(password: Office.password) == true)
    #expect(stored.role == "countyOperator")
    for file in ["store.sqlite", "store.sqlite-wal"] {
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: office.folder.file(file)))
      #expect(bytes?.range(of: Data(Office.password.utf8)) == nil)
    }
    let again = try await office.addOperator("li.wei")
    #expect(again.exit == 1)
    #expect(again.error.contains("there is an account li.wei already"))
    let name = ["--store", "store.sqlite", "--name", "li.wei"]
    for (act, state) in [("disable", "disabled"), ("enable", "enabled")] {
      try await office.done(["operator", act] + name)
      let list = try await office.done(["operator", "list", "--store", "store.sqlite", "--json"])
      #expect(list.output.contains(#""state":"\#(state)""#))
      #expect(!list.output.contains("SCRAM"))
    }
    let unknown = try await office.admin([
      "operator", "disable", "--store", "store.sqlite", "--name", "wang",
    ])
    #expect(unknown.exit == 1)
  }

  @Test("One account in every width and case of its name (RFC 8265, fault 22)")
  func nameSpellings() async throws {
    let added = try await office.addOperator("Ｌｉ．Wei")
    #expect(added.exit == 0, "\(added.error)")
    #expect(try await account("li.wei") != nil)
    let again = try await office.addOperator("LI.WEI")
    #expect(again.exit == 1 && again.error.contains("there is an account li.wei already"))
    try await office.done([
      "operator", "disable", "--store", "store.sqlite", "--name", "LI.wei",
    ])
    #expect(try await account("li.wei")?.disabled != 0)
  }

  @Test(
    "Names that are the system's, or no names",
    arguments: ["node:440306", "session:1", "SESSION-1", "li wei", ""])
  func reservedNames(name: String) async throws {
    let result = try await office.addOperator(name)
    #expect(result.exit == 2, "\(result.error)")
    #expect(result.error.contains("name"))
    #expect(office.folder.mode(of: "store.sqlite") == nil)
  }

  @Test(
    "A role belongs to a level (S2.1, S2.2), and no person has a node's",
    arguments: [
      ("countyOperator", "440306018"), ("townshipOperator", "440306"),
      ("villageReporter", "440306018"), ("provinceSupervisor", "440306"), ("countyNode", "440306"),
      ("king", "440306"),
    ])
  func levels(role: String, division: String) async throws {
    let result = try await office.addOperator("li.wei", role: role, division: division)
    #expect(result.exit == 2, "\(result.error)")
  }

  @Test("AC-3: no person gets a second of the three duties, by adding or by switching on")
  func duties() async throws {
    for (name, role, exit): (String, String, Int32) in [
      ("root", "administrator", 0), ("keeper", "securityAdministrator", 1),
      ("li.wei", "countyOperator", 0),
    ] {
      let added = try await office.addOperator(name, role: role)
      #expect(added.exit == exit, "\(added.error)")
      #expect(exit == 0 || added.error.contains("switch root off first"))
    }
    let root = ["--store", "store.sqlite", "--name", "root"]
    try await office.done(["operator", "disable"] + root)
    #expect(try await office.addOperator("keeper", role: "securityAdministrator").exit == 0)
    let again = try await office.admin(["operator", "enable"] + root)
    #expect(again.exit == 1 && again.error.contains("switch keeper off first"))
  }

  @Test("AUTH-4: a certificate is issued and bound, listed with the days left, and revoked")
  func certificates() async throws {
    try await office.done(["authority", "create", "Certificates"])
    #expect(try await office.addOperator("keeper", role: "securityAdministrator").exit == 0)
    let issue = [
      "operator", "certificate", "issue", "--authority", "Certificates", "--out", "people",
    ]
    let stranger = try await office.admin(issue + ["--name", "wang", "--store", "store.sqlite"])
    #expect(stranger.exit == 1 && office.folder.mode(of: "people/wang.key") == nil)
    try await office.done(issue + ["--name", "keeper"])
    #expect(office.folder.mode(of: "people/keeper.key") == 0o600)
    let own = ["--store", "store.sqlite", "--name", "keeper"]
    let bind = ["operator", "certificate", "bind", "--certificate"]
    try await office.certificate(of: Office.county)
    let nodes = try await office.admin(bind + ["Certificates/440306.pem"] + own)
    #expect(nodes.exit == 2 && nodes.error.contains("it is of 440306, not of the account keeper"))
    try await office.done(bind + ["people/keeper.pem", "--dry-run"] + own)
    try await office.done(bind + ["people/keeper.pem"] + own)
    let twice = try await office.admin(bind + ["people/keeper.pem"] + own)
    #expect(twice.exit == 1 && twice.error.contains("bound already"))
    let list = ["operator", "certificate", "list", "--store", "store.sqlite", "--json"]
    let listed = try await office.done(list).output
    #expect(listed.contains(#""daysLeft":397"#) && listed.contains(#""state":"in force""#))
    try await office.done(
      ["operator", "certificate", "revoke", "--authority", "Certificates"] + own)
    #expect(try await office.done(list).output.contains(#""state":"revoked""#))
    let none = try await office.admin(["operator", "certificate", "revoke"] + own)
    #expect(none.exit == 1)
    let again = try await office.admin(bind + ["people/keeper.pem"] + own)
    #expect(again.exit == 1)
  }

  @Test(
    "A weak password is refused, and what it lacks is named",
    arguments: [
      ("Ab1#", "needs 12 characters"), ("abcdefghijklmnop", "too uniform"),
      ("Aa1Aa1Aa1Aa1Aa1", "repeats itself"), ("xx-LI.WEI-2009-xx", "the account's name"),
      ("Password-2009-x", "well-known"),
    ])
  func weakPassword(password: String, lack: String) async throws {
    let result = try await office.addOperator("li.wei", password: password)
    #expect(result.exit == 1)
    #expect(result.error.contains(lack), "\(result.error)")
    #expect(!result.error.contains(password))
    #expect(try await account("li.wei") == nil)
  }

  @Test("An account of another division, made before the first start, is named at the start")
  func stranger() async throws {
    let office = try await Office.ready(Office.county)
    try await office.done(
      [
        "operator", "add", "--store", "440306.sqlite", "--name", "chen", "--role",
        "countyOperator", "--division", "441702", "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let warning = await node.line(with: "does not serve", on: .error)
    #expect(warning?.contains("chen") == true && warning?.contains("441702") == true)
    // From then on a signal stops it gracefully.
    _ = try #require(await node.line(with: "ready:"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("A node's operators are of its own division and those below (S2.1)")
  func otherDivisions() async throws {
    let office = try await Office.ready(Office.county)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    for (division, role, exit): (String, String, Int32) in [
      ("440306", "countyOperator", 0), ("440306018", "townshipOperator", 0),
      ("441702", "countyOperator", 2), ("350000", "provinceSupervisor", 2),
    ] {
      let added = try await office.admin(
        [
          "operator", "add", "--store", "440306.sqlite", "--name", "li.\(division)", "--role", role,
          "--division", division, "--display", "样例",
        ], environment: ["XIECHA_PASSWORD": Office.password])
      #expect(added.exit == exit, "\(added.error)")
      #expect(exit == 0 || added.error.contains("not served by this node, 440306"))
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("Without a terminal, a file or the environment there is no password to take")
  func noPassword() async throws {
    let add = [
      "operator", "add", "--store", "store.sqlite", "--name", "li.wei", "--role", "auditor",
      "--division", Office.county, "--display", "样例",
    ]
    try office.folder.write(Office.password + "\n", to: "open.password", mode: 0o644)
    let open = try await office.admin(add + ["--password-file", "open.password"])
    #expect(open.exit == 3)
    // A mistyped name of the ledger would otherwise pass for success.
    #expect(open.error.contains("made a new ledger, store.sqlite"))
    #expect(open.error.contains("chmod 600"))
    try office.folder.write(Office.password + "\n", to: "own.password")
    try await office.done(add + ["--password-file", "own.password"])
    #expect(
      ScramVerifier(text: try #require(try await account("li.wei")).verifier)?
        .matches(password: Office.password) == true)
  }

  @Test("S8.2: a new password ends the old one and the sessions, and is noted for the office above")
  func setPassword() async throws {
    #expect(try await office.addOperator("li.wei").exit == 0)
    let set = ["password", "set", "--store", "store.sqlite", "--name", "li.wei"]
    let same = try await office.admin(set, environment: ["XIECHA_PASSWORD": Office.password])
    #expect(same.exit == 1)
    #expect(same.error.contains("was used before"))
    let overlap = try await office.admin(
      set + ["--overlap", "24h"], environment: ["XIECHA_PASSWORD": "Another-lantern-7"])
    #expect(overlap.exit == 2)
    try await office.done(set, environment: ["XIECHA_PASSWORD": "Another-lantern-7"])
    let stored = try #require(try await account("li.wei"))
    #expect(ScramVerifier(text: stored.verifier)?.matches(password: "Another-lantern-7") == true)
    #expect(stored.previousVerifier == nil)
    let ledger = try Ledger(
      path: office.folder.file("store.sqlite"), options: LedgerOptions(owner: .administration))
    let changes = try await ledger.read { try $0.untoldPasswordChanges() }
    try ledger.close()
    #expect(changes.map(\.account) == ["li.wei"])
    #expect(changes.first?.by.hasPrefix("xiecha-admin:") == true)
  }

  @Test("A node's password changes with an overlap in which both count, by one salt")
  func rotation() async throws {
    try office.folder.write("First-lantern-77", to: "first")
    try office.folder.write("Second-lantern-88", to: "second")
    try await office.done([
      "node", "register", "--store", "store.sqlite", "--division", Office.county,
      "--password-file", "first",
    ])
    try await office.done([
      "password", "set", "--store", "store.sqlite", "--name", "node:440306", "--overlap", "24h",
      "--password-file", "second",
    ])
    let stored = try #require(try await account("node:440306"))
    let current = try #require(ScramVerifier(text: stored.verifier))
    let previous = try #require(stored.previousVerifier.flatMap(ScramVerifier.init(text:)))
    #expect(current.salt == previous.salt && current.iterations == previous.iterations)
    #expect(current.matches(password: "Second-lantern-88"))
    #expect(previous.matches(password: "First-lantern-77"))
    #expect(stored.previousUntil - stored.passwordChanged <= 86_400_000)
    #expect(stored.previousUntil - stored.passwordChanged > 86_300_000)
  }

  @Test("A made password is long, in a file of 0600, and never replaces another")
  func generate() async throws {
    try await office.done(["password", "generate", "--out", "p"])
    #expect(office.folder.mode(of: "p") == 0o600)
    let made = try office.folder.text(of: "p").split(separator: "\n")
    #expect(made.map(\.count) == [44])
    #expect(try await office.admin(["password", "generate", "--out", "p"]).exit == 3)
  }
}
