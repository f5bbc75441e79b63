import ArgumentParser
import Credentials
import Foundation
import Ledger
import Presentation
import PrivateFiles
import Program
import TLS

/// `audit prove ENTRY`: what proves to a third party that an entry is in the log.
struct AuditProveCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "出具日志证明 · Write one file that proves an entry, and that the log has only grown.",
    discussion: """
      The file is a tar archive with the entry, the way from it to what the node has signed last, the \
      proof that the log has only grown (RFC 9162), and a check that needs nothing but openssl. \
      Writing it leaves a trace (G2).
      """)

  @Argument(help: "日志条目，页:条，如 12:1 · The entry, PAGE:NUMBER, as audit search shows it.")
  var entry: LogPlaceArgument

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "全网的根证书 · The network's authority, such as authority.pem.")
  var trust: String

  @Option(
    name: .long,
    help: """
      先前保存的日志头 · A head that was kept, PAGE:HASH: proves that the log has grown from there; \
      otherwise from the entry's page.
      """)
  var head: HeadArgument?

  @Option(name: .long, help: "目的 · What it is written for.")
  var purpose: String

  @Option(name: .long, help: "写入的文件 · The file to write, such as proof.tar; never replaced.")
  var out: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    if purpose.allSatisfy(\.isWhitespace) {
      throw ProgramFailure(
        .badInput, "purpose", chinese: "--purpose：请写明目的", english: "--purpose: say what it is for")
    }
    _ = try SignatoryTrust(TLSConfiguration(trustRootsFile: trust))
    guard let authority = FileManager.default.contents(atPath: trust) else {
      throw ProgramFailure(
        .badInput, "trust", chinese: "--trust：读不到 \(trust)",
        english: "--trust: cannot read \(trust)")
    }
    let (place, known, purpose) = (entry.place, head?.head, purpose)
    let proof = try await store.open { ledger in
      let proof = try await ledger.read { reader in
        try AuditProof(of: place, since: known?.number, authority: Array(authority), in: reader)
      }
      guard let proof else {
        throw ProgramFailure(
          .refused, "entry", chinese: "日志没有这一条，或其后尚无签名的页",
          english: "the log has no such entry, or no signed page from there on")
      }
      if let known, known.hash != proof.proof.known.log {
        throw ProgramFailure(
          .refused, "head", chinese: "--head：与本日志第 \(known.number) 页不符，日志被重写；请保全并报告",
          english: "--head: not the log's page \(known.number): the log was written anew; keep the "
            + "ledger as evidence and report it")
      }
      let now = SystemClock.milliseconds
      try await ledger.commit { ledger in
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: Administrator.actor(for: proof.division, as: .auditor),
            action: "audit-prove",
            purpose: "\(place.page):\(place.entry + 1) \(purpose)"))
      }
      return proof
    }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(proof.archive(), to: out, mode: 0o600, overwrite: false)
    } catch {
      throw ProgramFailure(
        .badInput, "out", chinese: "--out：不能写入 \(out)（\(error)）",
        english: "--out: cannot write \(out) (\(error))")
    }
    let pages = proof.proof.head.number
    try console.done(
      ["file": out, "pages": "\(pages)"],
      "已写入 \(out)：该条在 \(pages) 页的日志内；解包后运行 sh check.sh 核对",
      "wrote \(out): the entry is in the log of \(pages) pages; unpack it and run sh check.sh")
    return .done
  }
}

/// A place in the log: page and entry, both from 1.
struct LogPlaceArgument: ExpressibleByArgument {
  let place: LogPlace

  init?(argument: String) {
    let parts = argument.split(separator: ":").compactMap { Int64($0) }
    guard parts.count == 2, parts[0] > 0, parts[1] > 0, let entry = Int32(exactly: parts[1] - 1)
    else { return nil }
    var place = LogPlace.none
    (place.page, place.entry) = (parts[0], entry)
    self.place = place
  }
}
