import ArgumentParser
import Credentials
import Ledger
import Presentation
import Program
import TLS

/// `audit …`: whether the node's log is what it was when it was signed.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "核验日志 · Whether what the ledger holds is what the node has signed.",
    subcommands: [Verify.self])

  struct Verify: Command {
    static let configuration = CommandConfiguration(
      abstract:
        "校验 · Check each page, its entries and its signature; exit code 1 where one is wrong.",
      discussion: """
        The log has a page for each commit: the events and the readings that it wrote, under the \
        node's signature. Keep the head that it prints elsewhere. Given back with --head, it proves \
        that nothing up to it was written anew.
        """)

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "信任的根证书 · The network's authority, such as authority.pem.")
    var trust: String

    @Option(name: .long, help: "先前保存的日志头 · A head that was kept, PAGE:HASH.")
    var head: HeadArgument?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let trust = try SignatoryTrust(TLSConfiguration(trustRootsFile: trust))
      let known = head.map { (page: $0.head.number, log: $0.head.hash) }
      let verdict = try await store.open { ledger in
        try await ledger.read { reader in
          let owner = try reader.owner()
          var signatories: [[UInt8]: Signatory] = [:]
          return try reader.verifyLog(holding: known) { page in
            let signatory =
              try signatories[page.signer]
              ?? AuditCommand.signatory(page.signer, of: owner, trust, in: reader)
            signatories[page.signer] = signatory
            return signatory?.hasSigned(page.statement, page.signature) == true
          }
        }
      }
      switch verdict {
      case .intact(let found):
        let head = "\(found.pages):\(Hexadecimal.text(found.log))"
        try console.done(
          [
            "intact": "true", "pages": "\(found.pages)", "entries": "\(found.entries)",
            "unsigned": "\(found.unsigned)", "head": head,
          ],
          """
          日志完整：\(found.pages) 页、\(found.entries) 条，其中 \(found.unsigned) 页由后页签名担保；\
          日志头 \(head)
          """,
          """
          the log is intact: \(found.pages) pages, \(found.entries) entries, \(found.unsigned) pages \
          vouched for by the next; head \(head)
          """)
        return .done
      case .broken(let page, let entry, let fault):
        let place = entry.map { (" 第 \($0 + 1) 条", ", entry \($0 + 1)") } ?? ("", "")
        throw ProgramFailure(
          .refused,
          chinese: "日志第 \(page) 页\(place.0)：\(fault.chinese)；请保全数据库并报告",
          english:
            "page \(page) of the log\(place.1): \(fault.english); keep the ledger as evidence "
            + "and report it")
      }
    }
  }

  /// Who signs by a certificate: the node itself, for which the authority vouches; nil for anybody else.
  private static func signatory(
    _ fingerprint: [UInt8], of owner: String?, _ trust: SignatoryTrust, in reader: LedgerReader
  ) throws -> Signatory? {
    guard let stored = try reader.signatory(fingerprint),
      let signatory = Signatory(certificate: stored.certificate, authorities: stored.authorities),
      signatory.division == owner, trust.vouches(for: signatory)
    else { return nil }
    return signatory
  }
}

extension LogFault {
  fileprivate var chinese: String {
    switch self {
    case .missing: "缺失"
    case .changed: "被改动，与前页不衔接"
    case .entry: "与数据库中的记录不符，记录被改动或删除"
    case .signature: "不是本节点的签名"
    case .head: "与先前保存的日志头不符，日志被重写"
    }
  }

  fileprivate var english: String {
    switch self {
    case .missing: "it is missing"
    case .changed: "it was changed, and does not follow from the page before"
    case .entry: "not what the ledger holds: a record was changed or taken out"
    case .signature: "not signed by this node"
    case .head: "not what was kept elsewhere: the log was written anew"
    }
  }
}
