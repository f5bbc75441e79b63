import Backups
import Configuration
import Exchange
import ExchangeRules
import Foundation
import Ledger
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
      store: try await values.ledgerPlace("store"),
      storeKey: try await values.optionalPath("storeKey"), tls: try await tls(values),
      uplinks: try await uplinks(values, identity, keys),
      connections: try await values.number(
        "limits.connections", NodeSettings.connectionBounds,
        otherwise: NodeSettings.standardConnections),
      calls: try await values.number(
        "limits.calls", NodeSettings.callBounds, otherwise: NodeSettings.standardCalls),
      drainSeconds: try await values.number(
        "limits.drainSeconds", NodeSettings.drainBounds,
        otherwise: NodeSettings.standardDrainSeconds),
      logLevel: try await values.choice("log.level", Logger.Level.allCases) ?? .info,
      backup: try await backup(values), health: try await health(values),
      retention: RetentionPolicy(
        itemDays: try await days("retention.itemDays", values),
        traceDays: try await days("retention.traceDays", values)),
      access: try await SignInSettings(values: values).policy())
  }

  /// How long something is kept; nil: for good.
  private func days(_ key: String, _ values: SettingsValues) async throws -> Int? {
    let days = try await values.number(key, RetentionPolicy.dayBounds, otherwise: 0)
    return days == 0 ? nil : days
  }

  /// There is no sign-in to it: beyond this machine only where that is said.
  private func health(_ values: SettingsValues) async throws -> Endpoint? {
    guard try await values.text("health.listen") != nil else { return nil }
    let endpoint = try await values.endpoint("health.listen")
    let isLocal = ["127.0.0.1", "::1", "localhost"].contains(endpoint.host)
    let isAllowed = try await values.text("health.beyondLoopback") == "yes"
    guard isLocal || isAllowed else {
      throw values.wrong(
        "health.listen",
        chinese: "此地址无须登录即可读取，只应监听 127.0.0.1；确需对外，请设 health.beyondLoopback 为 \"yes\"",
        english: "nobody signs in there: 127.0.0.1 is needed, or health.beyondLoopback \"yes\"")
    }
    return endpoint
  }

  private func backup(_ values: SettingsValues) async throws -> BackupSchedule? {
    let folder = try await values.optionalPath("backup.folder")
    let keyFile = try await values.optionalPath("backup.keyFile")
    guard let folder, let keyFile else {
      if folder == nil, keyFile == nil { return nil }
      throw values.wrong(
        folder == nil ? "backup.folder" : "backup.keyFile",
        chinese: "缺失：备份需要目录和密钥文件两项",
        english: "missing: a backup needs both its folder and its key file")
    }
    if Ledger.isOnServer(try await values.ledgerPlace("store")) {
      throw values.wrong(
        "backup.folder", chinese: "数据库在 PostgreSQL 服务器上，由其自身的工具备份；请删去此项",
        english: "a PostgreSQL server backs its ledger up by its own tools; take this out")
    }
    return BackupSchedule(
      folder: folder, keyFile: keyFile,
      everyHours: try await values.number(
        "backup.everyHours", BackupSchedule.hourBounds, otherwise: BackupSchedule.standardHours),
      keep: try await values.number(
        "backup.keep", BackupSchedule.keepBounds, otherwise: BackupSchedule.standardKeep))
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
      throw SettingsKeys.unreadable(path, chinese: "内容无法读取（\(error)）", english: "\(error)")
    }
  }

  private func identity(_ values: SettingsValues) async throws -> NodeIdentity {
    let code = try await values.division("node.division")
    let kinds = NodeIdentity.Kind.allCases
    guard let kind = try await values.choice("node.kind", kinds) ?? NodeIdentity.Kind(level: code)
    else {
      throw values.wrong(
        "node.division", chinese: "没有地级市或村级节点", english: "no node serves a prefecture or a village")
    }
    let given = try await values.text("node.name")
    guard let name = given ?? DivisionRegister.national.name(of: code) else {
      throw values.wrong(
        "node.name", chinese: "未填写，区划表中也没有名称",
        english: "missing, and the register of divisions has no name for it")
    }
    guard name.utf8.count <= 120 else {
      throw values.wrong("node.name", chinese: "最多 120 字节", english: "at most 120 bytes")
    }
    let profileName = try await values.text("node.profile") ?? RuleProfile.provincial2009.name
    guard let profile = RuleProfile(name: profileName) else {
      let known = RuleProfile.builtIn.map(\.name).joined(separator: ", ")
      throw values.wrong(
        "node.profile", chinese: "没有这套规则；现有：\(known)", english: "no such rules; there are: \(known)"
      )
    }
    guard
      let identity = NodeIdentity(kind: kind, division: code, name: name, profile: profile)
    else {
      throw values.wrong(
        "node.kind", chinese: "\(code) 不是 \(kind.rawValue) 的代码",
        english: "\(code) is not the code of a \(kind.rawValue)")
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
        throw values.wrong(
          key, chinese: "不是区划代码：应为6位数字", english: "not a division code: 6 digits are needed")
      }
      guard identity.mayDial(code) else {
        throw values.wrong(
          key, chinese: identity.dialRule.chinese, english: identity.dialRule.english)
      }
      uplinks.append(
        NodeSettings.Uplink(
          division: code, endpoints: try await values.endpoints("\(key).endpoint"),
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
  var dialRule: BilingualText {
    switch kind {
    case .province:
      BilingualText(chinese: "省级节点只连接其他省", english: "a province dials other provinces only")
    case .county:
      BilingualText(
        chinese: "县级节点只连接本省 \(division.province)",
        english: "a county dials its own province \(division.province) only")
    case .township:
      BilingualText(
        chinese: "乡级节点只连接本县 \(division.county.map { "\($0)" } ?? "")",
        english: "a township dials its own county \(division.county.map { "\($0)" } ?? "") only")
    }
  }
}

extension TLSConfiguration.Version: SettingsWord {}
extension NodeIdentity.Kind: SettingsWord {}
extension Logger.Level: SettingsWord {}
