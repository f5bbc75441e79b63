import ArgumentParser
import Foundation
import Presentation
import Program
import TLS

/// `authority …`: the one that vouches for the nodes of a network.
struct AuthorityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authority",
    abstract: "证书颁发机构 · The authority that vouches for a network's nodes.",
    subcommands: [Create.self])

  struct Create: Command {
    static let configuration = CommandConfiguration(
      abstract: "新建 · Make an authority: authority.pem, authority.key (0600), revoked.pem.")

    @Argument(help: "目录，没有则新建 · Its folder; made where it is missing.")
    var directory: String

    @Option(name: .long, help: "证书上显示的名称 · What people see in the certificates.")
    var name = "Xiecha"

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      try Folder.make(directory, mode: 0o700)
      let authority = try CertificateAuthority.create(
        in: directory, name: name, now: SystemClock.seconds)
      try console.done(
        ["certificate": authority.certificateFile, "revoked": authority.revocationListFile],
        "已建立：\(authority.certificateFile)。私钥 \(authority.keyFile) 请勿离开本机。",
        "created \(authority.certificateFile); the key \(authority.keyFile) stays on this machine")
      return .done
    }
  }
}

/// Folders that a command makes for its files.
enum Folder {
  /// Makes a folder where it is missing; only the last part of the path.
  static func make(_ path: String, mode: Int) throws(ProgramFailure) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard !isFolder.boolValue else { return }
      throw ProgramFailure(
        .badInput, chinese: "\(path) 不是目录", english: "\(path) is not a folder; name another")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false,
        attributes: [.posixPermissions: mode])
    } catch {
      throw ProgramFailure(
        .badInput, chinese: "无法建立目录 \(path)",
        english: "the folder \(path) cannot be made; make the one around it, or name another")
    }
  }
}
