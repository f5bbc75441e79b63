import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program
import ReferenceData
import TLS

/// `audit verify`: whether the log is what the node has signed, and everything else follows from it.
struct AuditVerifyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "校验 · Check each page, its entries and its signature; exit code 1 where one is wrong.",
    discussion: """
      The log has a page for each commit: the events and the readings that it wrote, under the \
      node's signature. Keep the head that it prints elsewhere. Given back with --head, it proves \
      that nothing up to it was written anew. Then each item is held against its events, and the \
      register against the items that its versions came with.
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "信任的根证书 · The network's authority, such as authority.pem.")
  var trust: String

  @Option(name: .long, help: "先前保存的日志头 · A head that was kept, PAGE:HASH.")
  var head: HeadArgument?

  @Flag(name: .long, help: "只校验日志 · The log alone, not what was made of its events.")
  var logOnly = false

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let trust = try SignatoryTrust(TLSConfiguration(trustRootsFile: trust))
    let known = head.map { (page: $0.head.number, log: $0.head.hash) }
    let logOnly = logOnly
    let (verdict, difference) = try await store.open { ledger in
      try await ledger.read { reader -> (LogVerdict, LedgerAudit.Difference?) in
        let owner = try reader.owner()
        let seals = SealAudit(trust: trust)
        let verdict = try reader.verifyLog(
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
        guard case .intact = verdict, !logOnly, let owner else { return (verdict, nil) }
        return (verdict, try LedgerAudit(of: owner, in: reader)?.difference(in: reader))
      }
    }
    if let difference { throw difference.failure }
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

extension LedgerAudit {
  /// The audit of a node's ledger, by its own calendar; nil where no node serves the division.
  fileprivate init?(of owner: String, in reader: LedgerReader) throws {
    guard let division = DivisionCode(owner), let kind = NodeIdentity.Kind(serving: division),
      let identity = NodeIdentity(
        kind: kind, division: division, name: owner, profile: .provincial2009)
    else { return nil }
    self.init(
      identity: identity,
      calendar: try WorkingCalendar.national.withYears(of: reader.calendarDays()),
      register: .national)
  }
}

extension LedgerAudit.Difference {
  fileprivate var failure: ProgramFailure {
    switch self {
    case .item(let item, let columns):
      let names = columns.joined(separator: ", ")
      return ProgramFailure(
        .refused, columns.first ?? "",
        chinese: "日志完整，但信息 \(item) 的 \(names) 与其经过不符：数据库被改动，请保全并报告",
        english:
          "the log is intact, but of item \(item) \(names) are not what its events make of it: "
          + "the ledger was changed; keep it as evidence and report it")
    case .version(let record, let version, let field):
      return ProgramFailure(
        .refused, field,
        chinese: "日志完整，但档案 \(record) 第 \(version) 版的 \(field) 无来源：数据库被改动，请保全并报告",
        english:
          "the log is intact, but nothing has brought \(field) of version \(version) of record "
          + "\(record): the ledger was changed; keep it as evidence and report it")
    }
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
