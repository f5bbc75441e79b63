import Exchange
import Foundation
import Presentation

/// The keys that a configuration file holds.
///
/// A misspelt key is an error: a limit that silently does not hold is worse than a node that does
/// not start.
struct SettingsKeys {
  /// The divisions under `uplinks`, in order.
  let uplinks: [String]

  private static let known: [String: Set<String>] = [
    "": [
      "node", "listen", "store", "storeKey", "tls", "uplinks", "limits", "log", "backup", "health",
      "retention", "signIn",
    ],
    "node": ["kind", "division", "name", "profile"],
    "tls": ["certificate", "key", "trust", "revoked", "minimumVersion"],
    "limits": ["connections", "calls", "drainSeconds"],
    "log": ["level"],
    "health": ["listen", "beyondLoopback"],
    "backup": ["folder", "keyFile", "everyHours", "keep"],
    "retention": ["itemDays", "traceDays"],
    "signIn": ["certificateFor", "sessions", "idleMinutes", "longestHours"],
  ]
  private static let ofUplink: Set<String> = ["endpoint", "passwordFile"]

  init(file path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsKeys.unreadable(
        path, chinese: "没有这个文件，或无权读取", english: "no such file, or no right to read it")
    }
    let root: Any
    do {
      root = try JSONSerialization.jsonObject(with: data)
    } catch {
      throw SettingsKeys.unreadable(
        path, chinese: "不是 JSON：\(SettingsKeys.reason(error))",
        english: "not JSON: \(SettingsKeys.reason(error))")
    }
    guard let root = root as? [String: Any] else {
      throw SettingsKeys.unreadable(
        path, chinese: "应为花括号括起的对象", english: "an object in braces is needed")
    }
    try SettingsKeys.check(root, "", SettingsKeys.known[""] ?? [], path)
    for (section, keys) in SettingsKeys.known.sorted(by: { $0.key < $1.key }) where section != "" {
      guard let value = root[section] else { continue }
      try SettingsKeys.check(value, section, keys, path)
    }
    guard let uplinks = root["uplinks"] else {
      self.uplinks = []
      return
    }
    guard let uplinks = uplinks as? [String: Any] else {
      throw SettingsKeys.wrong(
        path, "uplinks", chinese: "应为对象，以区划代码为键",
        english: "an object is needed, with a division code as key")
    }
    self.uplinks = uplinks.keys.sorted()
    for division in self.uplinks {
      try SettingsKeys.check(
        uplinks[division] ?? [:], "uplinks.\(division)", SettingsKeys.ofUplink, path)
    }
  }

  private static func check(
    _ value: Any, _ section: String, _ known: Set<String>, _ path: String
  ) throws {
    guard let object = value as? [String: Any] else {
      throw wrong(
        path, section, chinese: "应为花括号括起的对象", english: "an object in braces is needed")
    }
    guard let stranger = object.keys.filter({ !known.contains($0) }).min() else { return }
    let key = section.isEmpty ? stranger : "\(section).\(stranger)"
    let list = known.sorted().joined(separator: ", ")
    throw wrong(
      path, key, chinese: "没有这个键；现有：\(list)", english: "unknown key; there are: \(list)")
  }

  static func unreadable(
    _ path: String, chinese: String, english: String
  ) -> ProgramFailure {
    ProgramFailure(
      .badInput, chinese: "配置文件 \(path) 无法使用：\(chinese)",
      english: "cannot use the configuration \(path): \(english)")
  }

  static func wrong(
    _ path: String, _ key: String, chinese: String, english: String
  ) -> ProgramFailure {
    ProgramFailure(
      .badInput, chinese: "配置文件 \(path)，\(key)：\(chinese)",
      english: "configuration \(path), key \(key): \(english)")
  }

  private static func reason(_ error: any Error) -> String {
    let details = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
    return details ?? "its syntax is wrong"
  }
}
