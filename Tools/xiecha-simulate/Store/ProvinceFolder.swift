import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import LedgerPrograms
import Presentation
import ReferenceData
import TLS

/// The folder of a simulated province: everything that its node needs to start.
struct ProvinceFolder {
  private static let account = "supervisor"

  private let path: String

  var store: String { "\(path)/\(World.province).sqlite" }
  var configuration: String { "\(path)/\(World.province).json" }
  private var certificates: String { "\(path)/Certificates" }

  /// A folder, made where it is not there.
  ///
  /// - Throws: that there is a store already: nothing is replaced.
  init(_ path: String) throws {
    let path = URL(fileURLWithPath: path).path
    self.path = path
    if FileManager.default.fileExists(atPath: store) {
      throw ProgramFailure(
        .refused, chinese: "\(path) 中已有数据库：请换一个目录",
        english: "there is a store in \(path) already; name another folder")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: certificates, withIntermediateDirectories: true)
    } catch {
      throw ProgramFailure(
        .refused, chinese: "无法建立目录 \(path)", english: "cannot make the folder \(path)")
    }
  }

  /// Writes the authority, the configuration, the account and the register of nodes.
  func prepare(_ world: World) async throws {
    let now = SystemClock.milliseconds
    let authority = try CertificateAuthority.create(in: certificates, now: now / 1000)
    _ = try authority.issueNode(division: World.province, in: certificates, now: now / 1000)
    try writeConfiguration()
    let password = try writePassword()
    try await Ledger.use(store) { ledger in
      guard let own = DivisionCode(World.province) else { return }
      _ = try await LedgerOwnership.claim(ledger, for: own)
      try await ledger.commit { ledger in
        try ledger.create(
          StoredAccount(
            name: ProvinceFolder.account, displayName: "省级监督员",
            role: Role.provinceSupervisor.rawValue, division: World.province,
            verifier: ScramVerifier(password: password).text, created: now))
        for county in world.inside {
          let code = "\(county.code)"
          try ledger.register(
            RegisteredNode(
              division: code, name: DivisionRegister.national.name(of: county.code) ?? code,
              fingerprint: [], isEnabled: true, registered: now))
        }
      }
    }
  }

  private func writePassword() throws -> String {
    let password = PasswordPolicy.standard.random()
    try PasswordFile.write(password, to: "\(path)/\(ProvinceFolder.account).password")
    return password
  }

  private func writeConfiguration() throws {
    let configuration = Configuration(
      node: .init(
        kind: NodeIdentity.Kind.province.rawValue, division: World.province,
        name: DivisionCode(World.province).flatMap { DivisionRegister.national.name(of: $0) } ?? "",
        profile: RuleProfile.provincial2009.name),
      listen: "127.0.0.1:0", store: store,
      tls: .init(
        certificate: "\(certificates)/\(World.province).pem",
        key: "\(certificates)/\(World.province).key", trust: "\(certificates)/authority.pem",
        revoked: "\(certificates)/revoked.pem"))
    let text = try JSONOutput.text(of: configuration, pretty: true) + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: self.configuration))
  }

  private struct Configuration: Encodable {
    struct Node: Encodable {
      var kind: String
      var division: String
      var name: String
      var profile: String
    }
    struct Certificates: Encodable {
      var certificate: String
      var key: String
      var trust: String
      var revoked: String
    }

    var node: Node
    var listen: String
    var store: String
    var tls: Certificates
  }
}
