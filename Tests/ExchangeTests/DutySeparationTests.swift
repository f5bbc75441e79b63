import Credentials
import Exchange
import ExchangeRules
import Ledger
import TestNodes
import TestSupport
import Testing

@Suite("AC-3: no person holds two of the three duties")
struct DutySeparationTests {
  private let folder: TemporaryFolder
  private let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.file("node.sqlite"))
  }

  private func account(
    _ name: String, _ role: Role, _ display: String, of division: String = "440306"
  ) -> StoredAccount {
    StoredAccount(
      name: name, displayName: display, role: role.rawValue, division: division,
      verifier: TestNode.verifier, created: TestClock.start)
  }

  private func keep(_ accounts: StoredAccount...) async throws {
    try await ledger.commit { ledger in
      for account in accounts { try ledger.create(account) }
    }
  }

  private func verdict(_ account: StoredAccount) async throws -> DutySeparation.Verdict {
    try await ledger.read { try DutySeparation.verdict(on: account, in: $0) }
  }

  @Test(
    "Each pair of the three is refused to one person, whatever dots and spaces the name has",
    arguments: Role.duties, Role.duties)
  func pairs(has: Role, wants: Role) async throws {
    try await keep(account("first", has, "阿依·古丽"))
    let verdict = try await verdict(account("second", wants, "阿依 古丽"))
    #expect(verdict == (has == wants ? .separate : .held(by: "first", role: has.rawValue)))
    let remedy = verdict.refusal?.english.contains("switch first off first")
    #expect(remedy == (has == wants ? nil : true))
  }

  @Test(
    "Another person, another division, another role are no second duty",
    arguments: [
      (Role.auditor, "王芳", "440306"), (.auditor, "李伟", "440307"),
      (.countyOperator, "李伟", "440306"), (.auditor, "", "440306"),
    ])
  func others(role: Role, display: String, division: String) async throws {
    try await keep(account("first", .securityAdministrator, "李伟"))
    #expect(try await verdict(account("second", role, display, of: division)) == .separate)
  }

  @Test("An account that is off holds no duty, and cannot be switched on beside another's")
  func switchedOff() async throws {
    try await keep(account("first", .systemAdministrator, "李伟"))
    try await ledger.commit { try $0.disable("first", at: TestClock.start) }
    try await keep(account("second", .auditor, "李伟"))
    let first = try #require(try await ledger.read { try $0.account("first") })
    #expect(try await verdict(first) == .held(by: "second", role: "auditor"))
  }

  @Test("A store from before names what nobody holds, and who holds two")
  func olderStore() async throws {
    let empty = try await ledger.read { try DutySeparation.standing(in: $0) }
    #expect(empty.missing == ["administrator", "securityAdministrator", "auditor"])
    try await keep(
      account("root", .systemAdministrator, "李伟"), account("judge", .auditor, "李伟"))
    let standing = try await ledger.read { try DutySeparation.standing(in: $0) }
    #expect(standing.missing == ["securityAdministrator"])
    #expect(standing.doubled == ["root", "judge"])
  }

  @Test("The word of the role that kept all is the system administrator's: stores go on")
  func storedWords() {
    #expect(Role(rawValue: "administrator") == .systemAdministrator)
    #expect(Role.duties.map(\.rawValue) == ["administrator", "securityAdministrator", "auditor"])
  }

  @Test("No method is open to two of the three, but one's own account")
  func methods() {
    for method in PermissionTable.methods
    where !method.hasPrefix("xiecha.v1.Account/") && !method.hasPrefix("xiecha.bench") {
      let holders = Role.duties.filter { PermissionTable.scope(of: $0, calling: method) != nil }
      #expect(holders.count <= 1, "\(method)")
    }
  }
}
