import Credentials
import Ledger
import TestSupport
import Testing

@Suite("Accounts, sessions and nodes") struct AccountTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  static let admin = LedgerActor(account: "admin", role: "administrator", division: "44")

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("A name is given once")
  func names() async throws {
    let wang = account("wang")
    try await ledger.commit { try $0.create(wang) }
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.create(wang) }
    }
    #expect(failure?.reason == .exists)
    #expect(try await ledger.read { try $0.account("wang") } == wang)
    #expect(try await ledger.read { try $0.account("Wang") } == nil)
  }

  @Test("A division's list has its own accounts and those below it")
  func divisions() async throws {
    let table = [
      ("a", "44"), ("b", "440305"), ("c", "440305001"), ("d", "440306"), ("e", "4403"),
    ]
    try await ledger.commit { transaction in
      for (name, division) in table {
        try transaction.create(
          StoredAccount(name: name, role: "r", division: division, verifier: "v", created: 1))
      }
    }
    for (division, names) in [("", "abcde"), ("440305", "bc"), ("4403", "bcde"), ("45", "")] {
      let found = try await ledger.read { try $0.accounts(under: division).map(\.name).joined() }
      #expect(found == names, "\(division)")
    }
    let page = try await ledger.read { try $0.accounts(under: "4403", after: "b", limit: 2) }
    #expect(page.map(\.name) == ["c", "d"])
  }

  @Test("A new password leaves the old one for the overlap, and tells the province's office (S8.2)")
  func passwords() async throws {
    let wang = account("wang")
    try await ledger.commit { transaction in
      try transaction.create(wang)
      try transaction.changePassword(
        of: "wang", to: "v2", at: 100, previousUntil: 200, by: Self.admin)
    }
    let changed = try #require(try await ledger.read { try $0.account("wang") })
    #expect(changed.verifiers(at: 199) == ["v2", "v1"])
    #expect(changed.verifiers(at: 200) == ["v2"])
    #expect(changed.passwordChanged == 100)
    let untold = try await ledger.read { try $0.untoldPasswordChanges() }
    #expect(untold.map(\.account) == ["wang"])
    #expect(untold.map(\.division) == ["440305001"])
    #expect(untold.map(\.at) == [100])
    #expect(untold.map(\.by) == ["admin"])
    try await ledger.commit { transaction in
      for change in untold { try transaction.markTold(change, at: 101) }
      try transaction.changePassword(
        of: "wang", to: "v3", at: 150, previousUntil: 150, by: Self.admin)
    }
    let again = try #require(try await ledger.read { try $0.account("wang") })
    #expect(again.verifiers(at: 151) == ["v3"])
    #expect(try await ledger.read { try $0.untoldPasswordChanges() }.map(\.at) == [150])
  }

  @Test(
    "Failed sign-ins lock the account for a time; a good one clears them and counts the day (S10.1)"
  )
  func signIns() async throws {
    let wang = account("wang")
    try await ledger.commit { try $0.create(wang) }
    try await ledger.commit {
      try $0.recordFailures(of: "wang", count: 3, last: 900, lockedUntil: 1000)
    }
    let locked = try #require(try await ledger.read { try $0.account("wang") })
    #expect(locked.failures == 3 && locked.lastFailure == 900)
    #expect(!locked.isOpen(at: 999) && locked.isOpen(at: 1000))
    // The clock was ahead when it was locked.
    #expect(!locked.isOpen(at: 900) && locked.isOpen(at: 899))
    try await ledger.commit { transaction in
      try transaction.recordLogin(of: "wang", at: 2000, day: 20_090_622)
      try transaction.recordLogin(of: "wang", at: 2500, day: 20_090_622)
      try transaction.recordLogin(of: "wang", at: 3000, day: 20_090_624)
    }
    let stored = try #require(try await ledger.read { try $0.account("wang") })
    #expect(stored.failures == 0)
    #expect(stored.lastLogin == 3000)
    #expect(stored.isOpen(at: 1))
    let days = try await ledger.read {
      try $0.loginDays(of: "wang", from: 20_090_601, through: 20_090_630)
    }
    #expect(days == [20_090_622, 20_090_624])
  }

  @Test("An account has so many sessions at most; the oldest goes, and what has ended is forgotten")
  func manySessions() async throws {
    let (wang, li) = (account("wang"), account("li"))
    try await ledger.commit { transaction in
      try transaction.create(wang)
      try transaction.create(li)
    }
    func open(_ id: String, of account: String, at time: Int64) async throws {
      let session = StoredSession(
        id: id, account: account, verifier: "v", opened: time, expires: time + 1000)
      try await ledger.commit { try $0.open(session) }
    }
    let most = SessionLimits.standard.sessionsOfAccount
    try await open("li", of: "li", at: 1)
    for number in 0...most { try await open("\(number)", of: "wang", at: 1 + Int64(number)) }
    func known() async throws -> Set<String> {
      try await ledger.read { ledger in
        Set(
          try ((0...most).map(String.init) + ["li", "closed", "new"]).filter {
            try ledger.session($0) != nil
          })
      }
    }
    #expect(try await known() == Set((0...most).map(String.init) + ["li"]))
    let oldest = try await ledger.read { try $0.session("0") }
    #expect(oldest?.isDisplaced == true && oldest?.revoked == Int64(most) + 1)
    #expect(try await ledger.read { try $0.session("1") }?.revoked == 0)
    // Opened and closed again and again: what is closed takes no place, on the disk neither.
    try await open("closed", of: "li", at: 50)
    try await ledger.commit { try $0.revokeSession("closed", at: 60) }
    try await open("new", of: "li", at: 70)
    #expect(try await known() == Set((0...most).map(String.init) + ["li", "new"]))
    // Those of anybody that have ended by time go when one is opened.
    try await open("closed", of: "li", at: 5000)
    #expect(try await known() == ["closed"])
  }

  @Test("Sessions end by themselves, when revoked, and when the account is switched off")
  func sessions() async throws {
    let wang = account("wang")
    let sessions = (1...3).map {
      StoredSession(id: "s\($0)", account: "wang", verifier: "v", opened: 10, expires: 100)
    }
    try await ledger.commit { transaction in
      try transaction.create(wang)
      for session in sessions { try transaction.open(session) }
      try transaction.revokeSession("s2", at: 20)
    }
    let first = try #require(try await ledger.read { try $0.session("s1") })
    #expect(first == sessions[0])
    #expect(first.isOpen(at: 99))
    #expect(!first.isOpen(at: 100))
    #expect(try await ledger.read { try $0.session("s2") }?.isOpen(at: 21) == false)
    try await ledger.commit { try $0.disable("wang", at: 30) }
    #expect(try await ledger.read { try $0.account("wang") }?.isOpen(at: 31) == false)
    #expect(try await ledger.read { try $0.session("s3") }?.revoked == 30)
    #expect(try await ledger.read { try $0.session("s2") }?.revoked == 20)
    try await ledger.commit { try $0.disable("wang", at: nil) }
    #expect(try await ledger.read { try $0.account("wang") }?.isOpen(at: 31) == true)
  }

  @Test("What is done to somebody unknown is refused as such")
  func unknown() async throws {
    let table: [@Sendable (LedgerTransaction) throws -> Void] = [
      { try $0.changePassword(of: "x", to: "v", at: 1, previousUntil: 1, by: Self.admin) },
      { try $0.disable("x", at: 1) },
      { try $0.recordLogin(of: "x", at: 1, day: 20_090_622) },
      { try $0.open(StoredSession(id: "s", account: "x", verifier: "", opened: 0, expires: 1)) },
      { try $0.setNode("440305", enabled: false) },
    ]
    for work in table {
      let failure = await #expect(throws: LedgerFailure.self) { try await ledger.commit(work) }
      #expect(failure?.reason == .unknown)
    }
  }

  @Test("The register of nodes keeps the certificate that counts (S2.3)")
  func nodes() async throws {
    var node = RegisteredNode(
      division: "440305", name: "南山区", fingerprint: [1, 2, 3], registered: 5)
    let first = node
    try await ledger.commit { try $0.register(first) }
    #expect(try await ledger.read { try $0.node("440305") } == first)
    node.fingerprint = [4, 5, 6]
    let second = node
    try await ledger.commit { transaction in
      try transaction.register(second)
      try transaction.setNode("440305", enabled: false)
      try transaction.recordSeen("440305", at: 9)
      try transaction.recordSeen("440305", at: 8)
    }
    node.isEnabled = false
    node.lastSeen = 9
    #expect(try await ledger.read { try $0.nodes() } == [node])
  }

  @Test("The register's version is another one when a node is added, and only then")
  func registerVersion() async throws {
    var versions = [try await ledger.read { try $0.registerVersion() }]
    for division in ["440305", "440306", "440305"] {
      let node = RegisteredNode(division: division, name: "", fingerprint: [], registered: 5)
      let version = try await ledger.commit { ledger in
        try ledger.register(node)
        try ledger.recordSeen(division, at: 9)
        return try ledger.registerVersion()
      }
      versions.append(version)
    }
    #expect(Set(versions.prefix(3)).count == 3)
    #expect(versions[3] == versions[2])
  }

  private func account(_ name: String) -> StoredAccount {
    StoredAccount(
      name: name, displayName: "王某", role: "townshipOperator", division: "440305001",
      verifier: "v1", created: 1)
  }
}
