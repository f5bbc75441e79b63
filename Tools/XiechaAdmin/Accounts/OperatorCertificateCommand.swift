import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program
import TLS

/// `operator certificate …`: the second factor of people (AUTH-4).
struct OperatorCertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "本人证书（第二因素）· People's own certificates, the second factor.",
    subcommands: [Issue.self, Bind.self, Revoke.self, List.self])

  struct Issue: Command {
    static let configuration = CommandConfiguration(
      abstract: "颁发 · Issue an operator's certificate and key (0600), and bind it to the account.",
      discussion: """
        Without --store it is only issued: the authority may be elsewhere, and the account's node binds \
        it (bind). A new one beside another takes its place when it is first used.
        """)

    @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
    var authority: String

    @OptionGroup var account: AccountArgument

    @Option(name: .long, help: "节点的数据库文件 · The ledger of the account's node.")
    var store: String?

    @Option(name: .long, help: "写到哪个目录 · Where to write; made where it is missing.")
    var out: String

    @Option(name: .long, help: "有效天数 · Days of validity.")
    var days = CertificateAuthority.nodeDays

    @Flag(name: .long, help: "替换已有文件（换发）· Replace the files that are there: a renewal.")
    var renew = false

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let name = try account.read()
      let authority = try CertificateAuthority(directory: authority)
      if let store { try await BoundCertificate.checkAccount(name, in: .file(store)) }
      try Folder.make(out, mode: 0o700)
      let issued = try authority.issuePerson(
        account: name, in: out, now: SystemClock.seconds, days: days, overwrite: renew)
      if let store {
        try await BoundCertificate.bind(issued.identity, to: name, in: .file(store))
      }
      let until = TimeText.text(issued.identity.expires * 1000)
      try console.done(
        CertificateValue(issued.identity, file: issued.certificateFile),
        "已颁发 \(issued.certificateFile)，私钥 \(issued.keyFile)，有效至 \(until)"
          + (store == nil ? "；请在其节点上 operator certificate bind" : "，已绑定到 \(name)"),
        "issued \(issued.certificateFile), key \(issued.keyFile), valid until \(until)"
          + (store == nil ? "; bind it at the account's node" : ", bound to \(name)"))
      return .done
    }
  }

  struct Bind: Command {
    static let configuration = CommandConfiguration(
      abstract: "绑定 · Let a certificate that was issued elsewhere count for its account.")

    @OptionGroup var store: StoreOptions
    @OptionGroup var account: AccountArgument

    @Option(name: .long, help: "证书文件 · The certificate file.")
    var certificate: String

    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let name = try account.read()
      let identity = try PeerIdentity(certificateFile: certificate)
      try await BoundCertificate.checkAccount(name, in: store)
      try BoundCertificate.check(identity, isOf: name)
      if !dryRun.dryRun { try await BoundCertificate.bind(identity, to: name, in: store) }
      try console.done(
        CertificateValue(identity, file: certificate),
        dryRun.dryRun ? "将把 \(certificate) 绑定到 \(name)；未作更改" : "已把 \(certificate) 绑定到 \(name)",
        dryRun.dryRun
          ? "would bind \(certificate) to \(name); nothing was changed"
          : "bound \(certificate) to \(name)")
      return .done
    }
  }

  struct Revoke: Command {
    static let configuration = CommandConfiguration(
      abstract: "吊销 · Let certificates of an account count no more, within a second.",
      discussion: """
        All of them, or the one that --certificate names. With --authority they stand on its list too, \
        for all nodes: certificate publish takes it there.
        """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var account: AccountArgument

    @Option(name: .long, help: "只吊销这个证书 · Only this certificate.")
    var certificate: String?

    @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
    var authority: String?

    @OptionGroup var dryRun: DryRun
    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let (name, now) = (try account.read(), SystemClock.milliseconds)
      let only = try certificate.map { try PeerIdentity(certificateFile: $0).fingerprint }
      let isMade = !dryRun.dryRun
      let found = try await store.open { ledger in
        try await ledger.commit { ledger in
          let found = try ledger.accountCertificates(of: name).filter {
            $0.counts(at: now) && (only == nil || $0.fingerprint == only)
          }
          guard !found.isEmpty else {
            throw LedgerFailure(
              .unknown, "no such certificate counts for \(name); see operator certificate list")
          }
          guard isMade else { return found }
          for certificate in found {
            try ledger.revokeAccountCertificate(certificate.fingerprint, at: now)
            try ledger.leaveTrace(
              TraceEntry(
                at: now, actor: Administrator.actor(in: ledger, as: .securityAdministrator),
                action: "operator-certificate-revoke", purpose: "\(name) \(certificate.serial)"))
          }
          return found
        }
      }
      if isMade, let authority {
        try CertificateAuthority(directory: authority)
          .revoke(serials: found.map(\.serial), now: SystemClock.seconds)
      }
      try console.done(
        ["revoked": found.map(\.serial)],
        isMade
          ? "已吊销 \(name) 的 \(found.count) 个证书" : "将吊销 \(name) 的 \(found.count) 个证书；未作更改",
        isMade
          ? "revoked \(found.count) certificates of \(name)"
          : "would revoke \(found.count) certificates of \(name); nothing was changed")
      return .done
    }
  }

  struct List: Command {
    static let configuration = CommandConfiguration(
      abstract: "列出 · List the certificates of accounts, with the days that are left.")

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "只列该账号 · Only of this account.")
    var name: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let only = name.map { AccountName.read($0) ?? $0 }
      let now = SystemClock.milliseconds
      let found = try await store.open { ledger in
        try await ledger.read { reader in
          try reader.all { try reader.accounts(after: $0?.name ?? "") }
            .filter { only == nil || $0.name == only }
            .flatMap { try reader.accountCertificates(of: $0.name) }
        }
      }
      try console.list(
        found.map { BoundCertificate($0, at: now) },
        [
          TextTable.Column(console.text("账号", "account"), isWhole: true),
          TextTable.Column(console.text("序列号", "serial"), isWhole: true),
          TextTable.Column(console.text("状态", "state")),
          TextTable.Column(console.text("绑定于", "bound"), isWhole: true),
          TextTable.Column(console.text("有效至", "valid until"), isWhole: true),
          TextTable.Column(console.text("剩余天数", "days left"), isWhole: true),
        ]
      ) { line in
        [
          line.account, line.serial, console.text(line.stateInChinese, line.state), line.bound,
          line.expires, "\(line.daysLeft)",
        ]
      }
      return .done
    }
  }
}
