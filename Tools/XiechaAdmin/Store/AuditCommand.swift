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
          let seals = SealAudit(trust: trust)
          return try reader.verifyLog(
            holding: known,
            isSigned: { page in
              try seals.hasSigned(page.statement, page.signature, by: page.signer, in: reader) {
                $0 == owner
              }
            },
            isSealed: { event in
              guard let seal = EventSeal(event.seal),
                let statement = seal.statement(on: event.digest)
              else { return false }
              return try seals.hasSigned(statement, seal.signature, by: seal.signer, in: reader) {
                event.actor.division.hasPrefix($0)
              }
            })
        }
      }
      switch verdict {
      case .intact(let found):
        let head = "\(found.pages):\(Hexadecimal.text(found.log))"
        try console.done(
          [
            "intact": "true", "pages": "\(found.pages)", "entries": "\(found.entries)",
            "unsigned": "\(found.unsigned)", "unvouched": "\(found.unvouched)",
            "outside": "\(found.outside)", "head": head,
          ],
          """
          日志完整：\(found.pages) 页、\(found.entries) 条，其中 \
          \(found.unsigned - found.unvouched) 页由后页签名担保；日志头 \(head)
          """,
          """
          the log is intact: \(found.pages) pages, \(found.entries) entries, \
          \(found.unsigned - found.unvouched) pages vouched for by the next; head \(head)
          """)
        if found.unvouched > 0 {
          console.warn(
            "末尾 \(found.unvouched) 页尚无签名：凭本数据库不能证明其真伪，请与邻近节点所记的日志头核对（--head）",
            "nobody vouches for the last \(found.unvouched) pages: hold the log against a head that a "
              + "neighbour remembers (--head)")
        }
        if found.outside > 0 {
          console.warn(
            "另有 \(found.outside) 条记录不在日志内（早于日志，或未加封）：无从证明",
            "\(found.outside) records stand outside the log (older than it, or without a seal): "
              + "nothing proves them")
        }
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
}

/// Whose signatures were found to be right.
private final class SealAudit {
  private struct Known {
    let signatory: Signatory?
    /// What it was found to have signed last: a page has many events.
    var statement: [UInt8] = []
  }

  private let trust: SignatoryTrust
  private var known: [[UInt8]: Known] = [:]

  init(trust: SignatoryTrust) { self.trust = trust }

  /// Whether a certificate for which the authority vouches, of a division that may, has signed.
  func hasSigned(
    _ statement: [UInt8], _ signature: [UInt8], by signer: [UInt8], in reader: LedgerReader,
    mayBe: (String) -> Bool
  ) throws -> Bool {
    let one = try known[signer] ?? Known(signatory: signatory(signer, in: reader))
    known[signer] = one
    guard let signatory = one.signatory, mayBe(signatory.division ?? "-") else { return false }
    if one.statement == statement { return true }
    guard signatory.hasSigned(statement, signature) else { return false }
    known[signer]?.statement = statement
    return true
  }

  private func signatory(_ fingerprint: [UInt8], in reader: LedgerReader) throws -> Signatory? {
    guard let stored = try reader.signatory(fingerprint),
      let signatory = Signatory(certificate: stored.certificate, authorities: stored.authorities),
      trust.vouches(for: signatory)
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
    case .stray: "有记录不在日志页内，或与他条占同一位置"
    case .signature: "不是本节点的签名"
    case .head: "与先前保存的日志头不符，日志被重写"
    }
  }

  fileprivate var english: String {
    switch self {
    case .missing: "it is missing"
    case .changed: "it was changed, and does not follow from the page before"
    case .entry: "not what the ledger holds: a record was changed or taken out"
    case .stray: "a record stands in no page, or where another stands"
    case .signature: "not signed by this node"
    case .head: "not what was kept elsewhere: the log was written anew"
    }
  }
}
