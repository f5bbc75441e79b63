import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program
import TLS

/// `certificate requests`: which nodes ask for certificates for new keys.
struct CertificateRequestsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "requests",
    abstract: "待签请求 · Which nodes below ask for a certificate for a new key.")

  @OptionGroup var store: StoreOptions

  @Option(
    name: .long,
    help: "写到哪个目录，供别处的颁发机构签发 · Write each to a file, for an authority that is elsewhere.")
  var out: String?

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let requests = try await store.open { ledger in
      let actor = try await ledger.read {
        try Administrator.actor(in: $0, as: .securityAdministrator)
      }
      return try await CertificateApproval(ledger, by: actor).waiting()
    }
    if let out {
      try Folder.make(out, mode: 0o700)
      for request in requests {
        try RequestFile(division: request.division, request.request, request.certificate)
          .write(to: "\(out)/\(request.division).request")
      }
    }
    try console.list(
      requests.map(RequestValue.init),
      [
        TextTable.Column(console.text("区划", "division"), isWhole: true),
        TextTable.Column(console.text("请求时间", "asked"), isWhole: true),
        TextTable.Column(console.text("现证书", "present certificate")),
      ]
    ) { [$0.division, $0.asked, $0.present] }
    return .done
  }
}

/// `certificate approve`: the authority answers, and the new certificate counts beside the old.
struct CertificateApproveCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract:
      "批准 · Answer the requests of nodes below; each new certificate counts until it is used.",
    discussion: """
      With --authority it issues on this machine; with --signed it takes what `certificate sign` made \
      where the authority's key is. A certificate is for the node that has asked, with the names of \
      its present one.
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
  var authority: String?

  @Option(name: .long, help: "别处签发的文件，可重复 · A file of certificate sign; can be repeated.")
  var signed: [String] = []

  @Option(name: .long, help: "只批准这个节点，可重复 · This node alone; can be repeated.")
  var division: [DivisionCode] = []

  @Flag(name: .long, help: "一直批准，直到中断 · Go on answering until interrupted.")
  var watch = false

  @OptionGroup var dryRun: DryRun
  @OptionGroup var output: OutputOptions

  /// Between two looks with `--watch`, in seconds.
  private static let pauseSeconds = 2

  func perform(on console: Console) async throws -> ProgramExit {
    guard (authority == nil) != signed.isEmpty else {
      throw ProgramFailure(
        .badInput, "authority", chinese: "--authority 与 --signed 须给出其一",
        english: "--authority, or --signed: one of the two is needed")
    }
    guard authority != nil || !watch else {
      throw ProgramFailure(
        .badInput, "watch", chinese: "--watch 只与 --authority 同用",
        english: "--watch needs --authority")
    }
    let issuer = try authority.map { try CertificateAuthority(directory: $0) }
    repeat {
      let approved = try await store.open { ledger in
        let actor = try await ledger.read {
          try Administrator.actor(in: $0, as: .securityAdministrator)
        }
        return try await approve(CertificateApproval(ledger, by: actor), issuer)
      }
      if !watch || !approved.isEmpty { try tell(approved, on: console) }
      if watch { try await Task.sleep(for: .seconds(Self.pauseSeconds)) }
    } while watch
    return .done
  }

  private func approve(
    _ approval: CertificateApproval, _ issuer: CertificateAuthority?
  ) async throws -> [String] {
    let files = try signed.map(SignedFile.init(reading:))
    let named = Set(division.map { "\($0)" } + files.map(\.division))
    var approved: [String] = []
    for request in try await approval.waiting()
    where named.isEmpty || named.contains(request.division) {
      approved.append(request.division)
      if dryRun.dryRun { continue }
      let now = SystemClock.milliseconds
      if let issuer {
        try await approval.approve(request, by: issuer, now: now)
      } else if let file = files.first(where: { $0.division == request.division }) {
        try await approval.keep(file.certificate, for: request, now: now)
      }
    }
    if let missing = named.subtracting(approved).min(), !watch {
      throw ProgramFailure(
        .refused, chinese: "节点 \(missing) 没有待签的请求",
        english: "\(missing) asks for no certificate now")
    }
    return approved
  }

  private func tell(_ approved: [String], on console: Console) throws {
    let list = approved.joined(separator: " ")
    try console.done(
      ["approved": approved],
      dryRun.dryRun
        ? "将批准 \(approved.count) 个请求：\(list)；未作更改" : "已批准 \(approved.count) 个请求：\(list)",
      dryRun.dryRun
        ? "would approve \(approved.count): \(list); nothing was changed"
        : "approved \(approved.count): \(list)")
  }
}

/// `certificate sign`: where the authority's key is, and no ledger.
struct CertificateSignCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "签发 · Issue what a request file asks for, where the authority's key is.")

  @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
  var authority: String

  @Argument(help: "请求文件 · Files of certificate requests --out.")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let authority = try CertificateAuthority(directory: authority)
    var made: [String] = []
    for file in files {
      let request = try RequestFile(reading: file)
      let certificate = try authority.renew(
        CertificateRequest(request.request), like: request.certificate, now: SystemClock.seconds)
      let path = file.hasSuffix(".request") ? "\(file.dropLast(8)).signed" : "\(file).signed"
      try SignedFile(division: request.division, certificate).write(to: path)
      made.append(path)
    }
    let list = made.joined(separator: " ")
    try console.done(
      ["signed": made], "已签发：\(list)；请带回执行 certificate approve --signed",
      "signed: \(list); take them back to certificate approve --signed")
    return .done
  }
}

/// `certificate publish`: the revocation list goes to every node over the links.
struct CertificatePublishCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "发布吊销列表 · Take the authority's revocation list to every node over the links.")

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
  var authority: String

  @OptionGroup var dryRun: DryRun
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let authority = try CertificateAuthority(directory: authority)
    let revoked = try authority.revokedSerials().count
    if dryRun.dryRun {
      try console.done(
        ["published": ""], "将发布有 \(revoked) 个证书的吊销列表；未作更改",
        "would publish the list of \(revoked) revoked certificates; nothing was changed")
      return .done
    }
    let number = try await store.open { ledger in
      let actor = try await ledger.read {
        try Administrator.actor(in: $0, as: .securityAdministrator)
      }
      return try await AuthorityRotation(ledger, by: actor)
        .publishLists(of: authority, now: SystemClock.milliseconds)
    }
    try console.done(
      ["published": "\(number)"], "已发布第 \(number) 版：吊销列表有 \(revoked) 个证书",
      "published \(number): the list of \(revoked) revoked certificates")
    return .done
  }
}

/// A request as programs see it.
struct RequestValue: Encodable {
  var division: String
  var asked: String
  /// SHA-256 of the certificate that the node asks with.
  var present: String

  init(_ request: StoredRequest) {
    division = request.division
    asked = TimeText.text(request.asked)
    present = Hexadecimal.text(TrustFiles.digest(of: request.certificate))
  }
}
