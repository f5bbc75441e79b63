import ArgumentParser
import ExchangeRules
import Foundation
import Ledger
import Presentation
import Program

/// `invite`: what a node below needs to join, in one file.
struct InviteCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "邀请下级节点 · Register a node below, and write what it needs to join into one file.",
    discussion: """
      Give the file to the office by hand, and to nobody else; `setup` there takes it. A province \
      issues the certificate with --authority, with --request for the key that the office has made \
      itself (`setup request`), which is the better way: no key travels. A county has it issued by its province (`certificate \
      issue --out FOLDER`) and names the folder with --certificates.
      """)

  @Argument(help: "受邀节点的区划代码 · The division code of the node that is invited.")
  var division: DivisionCode

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: "颁发机构的目录 · The authority's folder, at the province.")
  var authority: String?

  @Option(
    name: .long,
    help: "受邀节点的申请文件，私钥由其自留 · What setup request has made there: its key stays with it.")
  var request: String?

  @Option(name: .long, help: "已颁发证书的目录 · The folder of a certificate that is issued already.")
  var certificates: String?

  @Option(
    name: .long, help: "本节点的地址，可用逗号分隔 · Where this node listens; several with commas between.")
  var endpoint: String

  @Option(name: .long, help: "写到哪个文件 · The file to write; it must not be there.")
  var out: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    guard (authority == nil) != (certificates == nil) else {
      throw ProgramFailure(
        .badInput, chinese: "--authority 与 --certificates 须给且只给一个",
        english: "one of --authority and --certificates is needed, and not both")
    }
    guard request == nil || authority != nil else {
      throw ProgramFailure(
        .badInput, chinese: "--request 与 --authority 一起使用；县级先由省级 certificate issue --request",
        english: "--request goes with --authority; a county has its province run certificate issue "
          + "--request")
    }
    guard !FileManager.default.fileExists(atPath: out) else {
      throw ProgramFailure(
        .refused, chinese: "\(out) 已存在", english: "\(out) is there already; name another file")
    }
    guard
      let above = try await store.open({ ledger in try await ledger.read { try $0.owner() } })
    else {
      throw ProgramFailure(
        .refused, chinese: "该数据库还不属于任何节点：请先建立本节点",
        english: "the ledger is no node's yet: set this node up first")
    }
    // Beside the invitation, and as private; it goes whatever happens.
    let scratch = "\(out).\(UUID().uuidString).new"
    try Folder.make(scratch, mode: 0o700)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let steps = Steps(console: console)
    if let authority {
      try await steps.run(
        CertificateCommand.Issue.self, "certificate issue",
        ["--authority", authority, "--division", "\(division)", "--out", scratch]
          + (request.map { ["--request", $0] } ?? []))
    }
    let folder = certificates ?? scratch
    let password = "\(scratch)/password"
    try await steps.run(PasswordCommand.Generate.self, "password generate", ["--out", password])
    let invitation = Invitation(
      division: "\(division)", above: above, endpoint: endpoint,
      certificate: try read("\(folder)/\(division).pem"),
      key: (try? String(contentsOfFile: "\(folder)/\(division).key", encoding: .utf8)) ?? "",
      trust: try read("\(folder)/authority.pem"),
      revoked: try read("\(folder)/revoked.pem"),
      password: try read(password).trimmingBlanks)
    try await steps.run(
      NodeCommand.Register.self, "node register",
      [
        "--store", store.store, "--division", "\(division)", "--certificate",
        "\(folder)/\(division).pem", "--password-file", password,
      ])
    try invitation.write(to: out)
    try console.done(
      ["file": out], "已写入邀请 \(out)：请当面交给 \(division)，然后销毁本机的副本",
      "the invitation is in \(out): give it to \(division) by hand, then destroy it here")
    return .done
  }

  private func read(_ file: String) throws(ProgramFailure) -> String {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw ProgramFailure(
        .credentials, chinese: "无法读取 \(file)",
        english: "\(file) cannot be read; have the certificate issued with --out into this folder")
    }
    return text
  }
}
