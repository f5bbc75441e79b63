import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Foundation
import Presentation
import Program
import TLS

/// `certificate …`: the certificates of nodes.
struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate",
    abstract: "节点证书 · The certificates of nodes.",
    subcommands: [
      Issue.self, CertificateRequestsCommand.self, CertificateApproveCommand.self,
      CertificateSignCommand.self, Revoke.self, CertificatePublishCommand.self, Show.self,
    ])

  struct Issue: Command {
    static let configuration = CommandConfiguration(
      abstract: "颁发 · Issue a node's certificate and key (0600), with the trust root beside them.")

    @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
    var authority: String

    @Option(name: .long, help: "节点的区划代码 · The node's division code.")
    var division: DivisionCode

    @Option(name: .long, help: "写到哪个目录 · Where to write; made where it is missing.")
    var out: String

    @Option(name: .long, help: "节点的主机名或地址 · A host name or address; can be repeated.")
    var name: [String] = []

    @Option(name: .long, help: "有效天数 · Days of validity.")
    var days = CertificateAuthority.nodeDays

    @Flag(name: .long, help: "替换已有文件（换发）· Replace the files that are there: a renewal.")
    var renew = false

    @Option(
      name: .long,
      help: "节点的申请文件，不写则在此生成私钥 · What setup request has made; without it the key is made here.")
    var request: String?

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      _ = try division.nodeKind()
      let authority = try CertificateAuthority(directory: authority)
      try Folder.make(out, mode: 0o700)
      let names = name.isEmpty ? ["localhost", "127.0.0.1"] : name
      let wanted = try request.map { try readRequest($0) }
      let issued = try authority.issueNode(
        division: "\(division)", names: names, in: out, now: SystemClock.seconds, days: days,
        overwrite: renew)
      // The list that goes with it is to live as long.
      try authority.revoke(serials: [], now: SystemClock.seconds)
      try bring(authority)
      if let wanted { return try answer(wanted, from: authority, on: console) }
      try console.done(
        CertificateValue(issued.identity, file: issued.certificateFile),
        "已颁发 \(issued.certificateFile)，私钥 \(issued.keyFile)，有效至 "
          + "\(TimeText.text(issued.identity.expires * 1000))",
        "issued \(issued.certificateFile), key \(issued.keyFile), valid until "
          + "\(TimeText.text(issued.identity.expires * 1000))")
      return .done
    }

    private func readRequest(_ file: String) throws -> CertificateRequest {
      let asked = try RequestFile(reading: file)
      guard asked.division == "\(division)" else {
        throw ProgramFailure(
          .badInput, "request", chinese: "申请是 \(asked.division) 的，不是 \(division)",
          english: "--request: it is of \(asked.division), not of \(division)")
      }
      return try CertificateRequest(asked.request)
    }

    /// Puts a certificate for the office's own key in the place of the one that was just made, whose key
    /// goes.
    private func answer(
      _ request: CertificateRequest, from authority: CertificateAuthority, on console: Console
    ) throws -> ProgramExit {
      let (file, key) = ("\(out)/\(division).pem", "\(out)/\(division).key")
      let like = try KeyFiles(
        TLSConfiguration(certificateChainFile: file, privateKeyFile: key, trustRootsFile: "")
      ).certificate()
      let certificate = try authority.renew(
        request, like: like, now: SystemClock.seconds, days: days)
      try Data(PEMText.certificate(certificate).utf8).write(
        to: URL(fileURLWithPath: file), options: .atomic)
      try FileManager.default.removeItem(atPath: key)
      let identity = try PeerIdentity(certificateFile: file)
      let until = TimeText.text(identity.expires * 1000)
      try console.done(
        CertificateValue(identity, file: file), "已按申请颁发 \(file)，有效至 \(until)",
        "issued \(file) as requested, valid until \(until)")
      return .done
    }

    /// Brings the trust root and the list into the node's folder, beside those that are there.
    ///
    /// During a change of authorities a node believes both; the authority's own folder has them.
    private func bring(_ authority: CertificateAuthority) throws {
      let own = URL(fileURLWithPath: authority.directory).resolvingSymlinksInPath()
      if URL(fileURLWithPath: out).resolvingSymlinksInPath() == own { return }
      let trust = "\(out)/authority.pem"
      let revoked = "\(out)/revoked.pem"
      if FileManager.default.fileExists(atPath: trust) {
        return try TrustFiles(
          TLSConfiguration(trustRootsFile: trust, revocationListFile: revoked)
        ).take(roots: [try authority.root()], retired: [], lists: [try authority.list()])
      }
      for (file, target) in [
        (authority.certificateFile, trust), (authority.revocationListFile, revoked),
      ] {
        do {
          try Data(contentsOf: URL(fileURLWithPath: file))
            .write(to: URL(fileURLWithPath: target), options: .atomic)
        } catch {
          throw ProgramFailure(
            .credentials, chinese: "无法写入 \(target)",
            english: "cannot write \(target); let this user write its folder")
        }
      }
    }
  }

  struct Revoke: Command {
    static let configuration = CommandConfiguration(
      abstract: "吊销 · Take certificates back; without any, renew the list's validity.")

    @Option(name: .long, help: "颁发机构的目录 · The authority's folder.")
    var authority: String

    @Option(name: .long, help: "证书文件，可重复 · A certificate file; can be repeated.")
    var certificate: [String] = []

    @Argument(help: "序列号（十六进制）· Serial numbers in hexadecimal.")
    var serials: [String] = []

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let authority = try CertificateAuthority(directory: authority)
      var all = serials
      for file in certificate { all.append(try PeerIdentity(certificateFile: file).serial) }
      try authority.revoke(serials: all, now: SystemClock.seconds)
      let revoked = try authority.revokedSerials()
      try console.done(
        ["revoked": revoked],
        "名单 \(authority.revocationListFile) 现有 \(revoked.count) 个证书；请用 certificate publish 发到各节点",
        "\(revoked.count) on \(authority.revocationListFile); certificate publish takes it to each node"
      )
      return .done
    }
  }

  struct Show: Command {
    static let configuration = CommandConfiguration(
      abstract: "查看 · Show whose a certificate is, its serial number and fingerprint.")

    @Argument(help: "证书文件 · The certificate file.")
    var file: String

    @OptionGroup var output: OutputOptions

    func perform(on console: Console) async throws -> ProgramExit {
      let value = CertificateValue(try PeerIdentity(certificateFile: file), file: file)
      try console.done(
        value,
        "区划 \(value.division)\n序列号 \(value.serial)\n指纹 \(value.fingerprint)\n有效至 \(value.expires)",
        "division \(value.division)\nserial \(value.serial)\nfingerprint \(value.fingerprint)\n"
          + "valid until \(value.expires)")
      return .done
    }
  }
}

/// A certificate as programs see it.
struct CertificateValue: Encodable {
  var division: String
  var serial: String
  var fingerprint: String
  var expires: String
  var file: String

  init(_ identity: PeerIdentity, file: String) {
    division = identity.division ?? ""
    serial = identity.serial
    fingerprint = Hexadecimal.text(identity.fingerprint)
    expires = TimeText.text(identity.expires * 1000)
    self.file = file
  }
}
