import Configuration
import ExchangeRules
import Ledger
import Presentation
import RPC

/// A setting that is one of some words.
protocol SettingsWord: RawRepresentable where RawValue == String {}

/// Takes values out of the configuration, each checked, and names the key where one is wrong.
struct SettingsValues {
  let file: String
  let reader: ConfigReader

  /// The folder that relative paths start from.
  private var folder: String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }

  /// A text; nil where the key is missing or empty.
  func text(_ key: String) async throws -> String? {
    let text: String?
    do {
      text = try await reader.fetchString(forKey: ConfigKey(key))
    } catch {
      throw wrong(key, chinese: "应为引号括起的文字", english: "a text in quotes is needed")
    }
    return text.flatMap { $0.isBlank ? nil : $0 }
  }

  /// A text that must be there.
  func required(_ key: String, _ example: String) async throws -> String {
    guard let text = try await text(key) else {
      throw wrong(
        key, chinese: "未填写；例如 \(example)", english: "missing; for example \(example)")
    }
    return text
  }

  func path(_ key: String) async throws -> String {
    absolute(try await required(key, "\"440306.pem\""))
  }

  /// The place of a ledger: a path, or a connection string as it is.
  func ledgerPlace(_ key: String) async throws -> String {
    let place = try await required(key, "\"440306.sqlite\"")
    return Ledger.isOnServer(place) ? place : absolute(place)
  }

  func optionalPath(_ key: String) async throws -> String? { try await text(key).map(absolute) }

  func endpoint(_ key: String) async throws -> Endpoint {
    try endpoint(key, try await required(key, "\"127.0.0.1:7306\""))
  }

  /// One address or several, with commas between.
  func endpoints(_ key: String) async throws -> [Endpoint] {
    let texts = try await required(key, "\"127.0.0.1:7306, [::1]:7306\"")
      .split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    guard texts.count <= NodeSettings.longestAddressList else {
      throw wrong(
        key, chinese: "地址最多 \(NodeSettings.longestAddressList) 个",
        english: "at most \(NodeSettings.longestAddressList) addresses")
    }
    return try texts.map { try endpoint(key, $0) }
  }

  private func endpoint(_ key: String, _ text: String) throws -> Endpoint {
    guard let endpoint = Endpoint(text) else {
      throw wrong(
        key, chinese: "\(text) 不是 主机:端口；例如 \"127.0.0.1:7306\"",
        english: "\(text) is not host:port; for example \"127.0.0.1:7306\"")
    }
    return endpoint
  }

  func division(_ key: String) async throws -> DivisionCode {
    let text = try await required(key, "\"440306\"")
    guard let code = DivisionCode(text) else {
      throw wrong(
        key, chinese: "\(text) 不是区划代码：应为引号括起的6位或9位数字",
        english: "\(text) is not a division code: 6 or 9 digits in quotes")
    }
    return code
  }

  func number(_ key: String, _ bounds: ClosedRange<Int>, otherwise standard: Int) async throws
    -> Int
  {
    let number: Int?
    do {
      number = try await reader.fetchInt(forKey: ConfigKey(key))
    } catch {
      throw wrong(
        key, chinese: "应为整数，不加引号", english: "a whole number without quotes is needed")
    }
    guard let number else { return standard }
    guard bounds.contains(number) else {
      throw wrong(
        key, chinese: "\(number) 不在 \(bounds.lowerBound) 到 \(bounds.upperBound) 之间",
        english: "\(number) is not within \(bounds.lowerBound) to \(bounds.upperBound)")
    }
    return number
  }

  func choice<Word: SettingsWord>(_ key: String, _ words: [Word]) async throws -> Word? {
    guard let text = try await text(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      let known = words.map(\.rawValue).joined(separator: ", ")
      throw wrong(
        key, chinese: "\(text) 不在其中：\(known)", english: "\(text) is none of: \(known)")
    }
    return word
  }

  func wrong(_ key: String, chinese: String, english: String) -> ProgramFailure {
    SettingsKeys.wrong(file, key, chinese: chinese, english: english)
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }
}
