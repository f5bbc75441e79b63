import ArgumentParser
import Credentials
import Exchange
import Foundation
import Ledger
import Presentation
import PrivateFiles
import Program
import TLS

/// `evidence ITEM`: what proves the history of an item to a third party.
struct EvidenceCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "出具证据 · Write one file that proves who did what to an item, and when.",
    discussion: """
      The file is a tar archive with the item's whole history in it, and a check that needs nothing \
      but openssl. Writing it leaves a trace (G2).
      """)

  @Argument(help: "信息编号 · The item, as xiecha shows it.")
  var item: ItemArgument

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "全网的根证书 · The network's authority, such as authority.pem.")
  var trust: String

  @Option(name: .long, help: "目的 · What it is written for.")
  var purpose: String

  @Option(name: .long, help: "写入的文件 · The file to write, such as evidence.tar; never replaced.")
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
    let (id, purpose) = (item.id, purpose)
    let evidence = try await store.open { ledger in
      let evidence = try await ledger.read { reader in
        try Evidence(of: id, authority: Array(authority), in: reader)
      }
      guard let evidence else {
        throw ProgramFailure(
          .refused, "item", chinese: "本节点没有信息 \(id)", english: "there is no item \(id) here")
      }
      let now = SystemClock.milliseconds
      try await ledger.commit { ledger in
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: Administrator.actor(for: evidence.division, as: .auditor),
            action: "evidence",
            purpose: purpose, item: id))
      }
      return evidence
    }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(evidence.archive(), to: out, mode: 0o600, overwrite: false)
    } catch {
      throw ProgramFailure(
        .badInput, "out", chinese: "--out：不能写入 \(out)（\(error)）",
        english: "--out: cannot write \(out) (\(error))")
    }
    let proven = evidence.events.count { $0.proof != nil }
    try console.done(
      ["file": out, "events": "\(evidence.events.count)", "proven": "\(proven)"],
      "已写入 \(out)：\(evidence.events.count) 步，其中 \(proven) 步有签章；解包后运行 sh check.sh 核对",
      """
      wrote \(out): \(evidence.events.count) events, \(proven) of them sealed; unpack it and run \
      sh check.sh
      """)
    return .done
  }
}
