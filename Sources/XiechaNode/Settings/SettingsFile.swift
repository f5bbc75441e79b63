import Configuration
import Exchange
import ExchangeRules
import Foundation
import Logging
import Presentation
import RPC
import ReferenceData
import TLS

/// Reads and checks the configuration: a JSON file, and the environment over it.
struct SettingsFile {
  let path: String
  let environment: [String: String]

  init(path: String, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.path = path
    self.environment = environment
  }

  /// The settings.
  ///
  /// - Throws: ``ProgramFailure`` that names the first key at fault and the remedy.
  func settings() async throws -> NodeSettings {
    let keys = try SettingsKeys(file: path)
    let values = SettingsValues(file: path, reader: try await reader())
    let identity = try await identity(values)
    return NodeSettings(
      identity: identity, listen: try await values.endpoint("listen"),
      store: try await values.path("store"), tls: try await tls(values),
      uplinks: try await uplinks(values, identity, keys),
      connections: try await values.number(
        "limits.connections", NodeSettings.connectionBounds,
        otherwise: NodeSettings.standardConnections),
      calls: try await values.number(
        "limits.calls", NodeSettings.callBounds, otherwise: NodeSettings.standardCalls),
      drainSeconds: try await values.number(
        "limits.drainSeconds", NodeSettings.drainBounds,
        otherwise: NodeSettings.standardDrainSeconds),
      logLevel: try await values.choice("log.level", Logger.Level.allCases) ?? .info)
  }

  private func reader() async throws -> ConfigReader {
    let location = ConfigReader(
      provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)]))
    do {
      return ConfigReader(providers: [
        EnvironmentVariablesProvider(environmentVariables: environment)
          .prefixKeys(with: "xiecha"),
        try await FileProvider<JSONSnapshot>(config: location),
      ])
    } catch {
      throw SettingsKeys.unreadable(path, "\(error)")
    }
  }

  private func identity(_ values: SettingsValues) async throws -> NodeIdentity {
    let code = try await values.division("node.division")
    let kinds = NodeIdentity.Kind.allCases
    guard let kind = try await values.choice("node.kind", kinds) ?? NodeIdentity.Kind(level: code)
    else {
      throw values.wrong("node.division", "no node serves a prefecture or a village")
    }
    let given = try await values.text("node.name")
    guard let name = given ?? DivisionRegister.national.name(of: code) else {
      throw values.wrong("node.name", "missing, and the register of divisions has no name for it")
    }
    guard name.utf8.count <= 120 else { throw values.wrong("node.name", "at most 120 bytes") }
    let profileName = try await values.text("node.profile") ?? RuleProfile.provincial2009.name
    guard let profile = RuleProfile(name: profileName) else {
      let known = RuleProfile.builtIn.map(\.name).joined(separator: ", ")
      throw values.wrong("node.profile", "no such rules; there are: \(known)")
    }
    guard
      let identity = NodeIdentity(kind: kind, division: code, name: name, profile: profile)
    else {
      throw values.wrong("node.kind", "\(code) is not the code of a \(kind.rawValue)")
    }
    return identity
  }

  private func tls(_ values: SettingsValues) async throws -> TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: try await values.path("tls.certificate"),
      privateKeyFile: try await values.path("tls.key"),
      trustRootsFile: try await values.path("tls.trust"),
      revocationListFile: try await values.optionalPath("tls.revoked"),
      minimumVersion: try await values.choice(
        "tls.minimumVersion", TLSConfiguration.Version.allCases)
        ?? .v13)
  }

  /// A township dials its county, a county its province, a province its peers.
  private func uplinks(
    _ values: SettingsValues, _ identity: NodeIdentity, _ keys: SettingsKeys
  ) async throws -> [NodeSettings.Uplink] {
    var uplinks: [NodeSettings.Uplink] = []
    for division in keys.uplinks {
      let key = "uplinks.\(division)"
      guard let code = DivisionCode(division) else {
        throw values.wrong(key, "not a division code: 6 digits are needed")
      }
      guard identity.mayDial(code) else {
        throw values.wrong(key, identity.dialRule)
      }
      uplinks.append(
        NodeSettings.Uplink(
          division: code, endpoint: try await values.endpoint("\(key).endpoint"),
          passwordFile: try await values.path("\(key).passwordFile")))
    }
    return uplinks
  }
}

extension NodeIdentity.Kind {
  /// The kind that serves a division of this code; nil where none does.
  init?(level code: DivisionCode) {
    switch code.level {
    case .province: self = .province
    case .township: self = .township
    case .county: self = .county
    case .prefecture where code.isCounty: self = .county
    case .prefecture, .village: return nil
    }
  }
}

extension NodeIdentity {
  /// Whether the node above, or a peer, is of this division.
  func mayDial(_ other: DivisionCode) -> Bool {
    switch kind {
    case .province: other.level == .province && other != division
    case .county: other == division.province
    case .township: other == division.county
    }
  }

  /// The rule behind ``mayDial(_:)``.
  var dialRule: String {
    switch kind {
    case .province: "a province dials other provinces only"
    case .county: "a county dials its own province \(division.province) only"
    case .township:
      "a township dials its own county \(division.county.map { "\($0)" } ?? "") only"
    }
  }
}

extension TLSConfiguration.Version: SettingsWord {}
extension NodeIdentity.Kind: SettingsWord {}
extension Logger.Level: SettingsWord {}
