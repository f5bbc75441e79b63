import Credentials
import Exchange
import ExchangeRules
import Glibc
import Ledger
import LedgerPrograms
import Presentation

/// A node in the making: what every kind needs.
struct NewNode {
  let division: DivisionCode
  let places: NodePlaces
  let console: Console

  var steps: Steps { Steps(console: console) }

  /// Sees that the code is of the kind and no node is set up yet, and makes the folders.
  init(
    _ division: DivisionCode, _ kind: NodeIdentity.Kind, _ places: NodePlaces, _ console: Console
  ) throws {
    guard try division.nodeKind() == kind else {
      throw ProgramFailure(
        .badInput, chinese: "\(division) 不是 \(kind.rawValue) 的代码",
        english: "\(division) is not the code of a \(kind.rawValue)")
    }
    let file = places.configuration(of: division)
    guard access(file, F_OK) != 0 else {
      throw ProgramFailure(
        .refused, chinese: "\(file) 已存在：该节点已建立",
        english: "\(file) is there already: this node is set up")
    }
    try places.make(for: division)
    self.division = division
    self.places = places
    self.console = console
  }

  /// The keys of its backups and its ledger, the sealed ledger, its first operator and administrators, and
  /// at last its configuration.
  func make(
    _ first: FirstOperator, role: Role, duties: FirstDuties, listening: ListenOptions,
    otherwise listen: String, uplinks: [String]
  ) async throws {
    let (store, key) = (places.store(of: division), places.backupKey(of: division))
    if access(key, F_OK) != 0 {
      try await steps.run(CreateKey<BackupKeys>.self, "backup key create", [key])
    }
    let storeKey = places.storeKey(of: division)
    if access(storeKey, F_OK) != 0 {
      try await steps.run(CreateKey<StoreKeys>.self, "store key create", [storeKey])
    }
    if access(store, F_OK) != 0 {
      try await steps.run(
        StoreCommand.Seal.self, "store seal", ["--store", store, "--key", storeKey])
    }
    if try await claim(store) {
      try await steps.run(
        OperatorCommand.Add.self, "operator add",
        first.words(role: role.rawValue, division: division, store: store, on: console))
    }
    for holder in duties.duty where try await !isThere(holder.account, in: store) {
      try await steps.run(
        OperatorCommand.Add.self, "operator add", holder.words(division: division, store: store))
      // Where the authority is, the second factor comes with the account (AUTH-4).
      if access("\(places.authority)/authority.key", F_OK) == 0 {
        try await steps.run(
          OperatorCertificateCommand.Issue.self, "operator certificate issue",
          ["--authority", places.authority, "--name", holder.account, "--store", store]
            + ["--out", "\(places.home(of: division))/people", "--renew"])
      }
    }
    // What travelled with the invitation is to be worth nothing soon (S8.1).
    if !uplinks.isEmpty, try await !isRotating(store) {
      try await steps.run(
        RotateCommand.Password.self, "rotate password", ["--store", store])
    }
    try await steps.run(
      ConfigCommand.Write.self, "config write",
      [
        "--division", "\(division)", "--listen", listening.listen ?? listen, "--certificates",
        places.home(of: division), "--store", store, "--password-file",
        places.password(of: division), "--backup-folder", places.backups(of: division),
        "--backup-key", key, "--health", listening.health,
      ] + uplinks.flatMap { ["--uplink", $0] } + ["--out", places.configuration(of: division)])
    try places.handOver(division)
  }

  /// Makes the ledger this node's; whether nobody signs in at it yet.
  private func claim(_ store: String) async throws -> Bool {
    let division = division
    return try await Ledger.use(store, options: LedgerOptions(owner: .administration)) { ledger in
      if case .others(let owner) = try await LedgerOwnership.claim(ledger, for: division) {
        throw ProgramFailure(
          .store, chinese: "数据库 \(store) 属于节点 \(owner)",
          english: "the ledger \(store) is that of node \(owner)")
      }
      return try await ledger.read { try $0.accounts(under: division.prefix, after: "").isEmpty }
    }
  }

  private func isThere(_ account: String, in store: String) async throws -> Bool {
    try await Ledger.use(store, options: LedgerOptions(owner: .administration)) { ledger in
      try await ledger.read { try $0.account(signingInAs: account) != nil }
    }
  }

  /// The duties that nobody has yet.
  private func missingDuties() async throws -> [String] {
    let store = places.store(of: division)
    return try await Ledger.use(store, options: LedgerOptions(owner: .administration)) { ledger in
      try await ledger.read { try DutySeparation.standing(in: $0).missing }
    }
  }

  private func isRotating(_ store: String) async throws -> Bool {
    try await Ledger.use(store, options: LedgerOptions(owner: .administration)) { ledger in
      try await ledger.read { try !$0.rotations(limit: 1).isEmpty }
    }
  }

  /// Ends with what is left to do.
  func say(left chinese: String, _ english: String) async throws {
    let file = places.configuration(of: division)
    let start =
      places.isPackaged
      ? "systemctl enable --now xiecha-node@\(division)" : "xiecha-node --config \(file)"
    try console.done(
      ["configuration": file, "start": start], "节点 \(division) 已建立。还需：",
      "node \(division) is set up. What is left:")
    if console.isJSON { return }
    let key = places.backupKey(of: division)
    try console.say("- 启动：\(start)", "- start it: \(start)")
    let storeKey = places.storeKey(of: division)
    try console.say(
      "- 另存备份密钥和数据库密钥：\(key)、\(storeKey)", "- keep copies elsewhere of \(key) and \(storeKey)")
    for duty in try await missingDuties() {
      let add =
        "xiecha-admin operator add --store \(places.store(of: division)) --role \(duty) "
        + "--division \(division) --name NAME --display NAME"
      try console.say("- 三员须由三人分任：\(add)", "- three people for the three duties: \(add)")
    }
    try console.say("- \(chinese)", "- \(english)")
    try console.say("- 检查：xiecha-admin doctor \(file)", "- look at it: xiecha-admin doctor \(file)")
  }
}
