internal import Foundation
public import Presentation
internal import PrivateFiles

/// Keeps profiles in `~/.config/xiecha/NAME.json`, readable by their owner only.
public struct ProfileStore {
  private let directory: URL

  /// The store of the user who runs the program.
  public init() {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
      ?? URL(filePath: environment["HOME"] ?? ".").appending(path: ".config")
    directory = base.appending(path: "xiecha")
  }

  /// Whether a name can be a file's name and a word on a command line.
  public static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64 && !name.hasPrefix(".")
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0)
      }
  }

  /// The names of the profiles there are.
  public func names() -> [String] {
    let files = try? FileManager.default.contentsOfDirectory(
      atPath: directory.path(percentEncoded: false))
    return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The profile to use: the one asked for, the environment's, or the only one.
  public func chosen(_ asked: String?) throws -> (name: String, profile: Profile) {
    let preset = ProcessInfo.processInfo.environment["XIECHA_PROFILE"]
    if let name = asked ?? preset, !name.isEmpty { return (name, try load(name)) }
    let names = names()
    guard let only = names.first else { throw ProfileStore.notSignedIn }
    guard names.count == 1 else {
      throw ProgramFailure(
        .badInput, "profile", chinese: "有多个登录，请用 --profile 指定：\(names.joined(separator: "、"))",
        english:
          "there are several sign-ins; choose with --profile: \(names.joined(separator: ", "))")
    }
    return (only, try load(only))
  }

  /// The profile of a name, if there is one.
  public func existing(_ name: String) -> Profile? {
    guard ProfileStore.isName(name), let data = try? Data(contentsOf: file(of: name)) else {
      return nil
    }
    return try? JSONDecoder().decode(Profile.self, from: data)
  }

  private func load(_ name: String) throws -> Profile {
    guard let profile = existing(name) else {
      throw ProgramFailure(
        .credentials, "no-profile", chinese: "没有名为 \(name) 的登录，请先 xiecha sign-in",
        english: "there is no sign-in named \(name); use xiecha sign-in")
    }
    return profile
  }

  /// Writes a profile beside the old one and puts it in its place: it is whole at any moment, and
  /// never readable by others, not even for an instant.
  public func save(_ profile: Profile, as name: String) throws {
    let files = FileManager.default
    try files.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try PrivateFile.replace(
      file(of: name).path(percentEncoded: false), with: Array(encoder.encode(profile)))
  }

  private func file(of name: String) -> URL { directory.appending(path: name + ".json") }

  /// Nobody is signed in.
  public static let notSignedIn = ProgramFailure(
    .credentials, "not-signed-in", chinese: "尚未登录，请先 xiecha sign-in",
    english: "not signed in; use xiecha sign-in")
}
