import Foundation
import TestSupport
import Testing

/// A folder with an authority, certificates, and the configurations of nodes: made with
/// `xiecha-admin`, as the README says.
struct Office {
  static let province = "440000"
  static let county = "440306"
  static let township = "440306018"
  static let password = "Vx9#lantern-Qw"

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A folder in which nodes of these divisions can start.
  static func ready(_ divisions: String...) async throws -> Office {
    let office = try Office()
    try await office.done(["authority", "create", "Certificates"])
    for division in divisions {
      try await office.certificate(of: division)
      try await office.config(of: division)
    }
    return office
  }

  /// Runs `xiecha-admin`.
  func admin(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    try await Program.admin.run(arguments, in: folder, environment: environment)
  }

  /// Runs `xiecha-admin`, which must succeed.
  @discardableResult
  func done(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    let result = try await admin(arguments, environment: environment)
    try #require(result.exit == 0, "\(arguments): \(result.error)")
    return result
  }

  func certificate(of division: String) async throws {
    try await done([
      "certificate", "issue", "--authority", "Certificates", "--division", division, "--out",
      "Certificates",
    ])
  }

  func config(of division: String, uplinks: [String] = []) async throws {
    try await done(
      [
        "config", "write", "--division", division, "--listen", "127.0.0.1:0", "--certificates",
        "Certificates", "--out", "\(division).json",
      ] + uplinks.flatMap { ["--uplink", $0] })
  }

  /// Starts the province and the county, which finds it (S2.1); the county's password at the province
  /// is in `440306.password`.
  ///
  /// - `before`: addresses that the county is to dial before the province's own.
  func startLinked(
    before: [String] = []
  ) async throws -> (province: RunningNode, county: RunningNode) {
    try await certificate(of: Office.county)
    try await done(["password", "generate", "--out", "440306.password"])
    try await done([
      "node", "register", "--store", "440000.sqlite", "--division", Office.county, "--certificate",
      "Certificates/440306.pem", "--password-file", "440306.password",
    ])
    let province = try RunningNode(config: "440000.json", in: folder)
    let ready = try #require(await province.line(with: "ready:"))
    let port = try #require(ready.split(separator: ":").last)
    try await config(
      of: Office.county,
      uplinks: ["440000=" + (before + ["127.0.0.1:\(port)"]).joined(separator: ",")])
    let county = try RunningNode(config: "440306.json", in: folder)
    try #require(await county.line(with: "link open", on: .error) != nil)
    try #require(await province.line(with: "link open", on: .error) != nil)
    return (province, county)
  }

  /// Adds an operator of the county, with a good password.
  func addOperator(
    _ name: String, password: String = Office.password, role: String = "countyOperator",
    division: String = Office.county
  ) async throws -> ProgramRun {
    try await admin(
      [
        "operator", "add", "--store", "store.sqlite", "--name", name, "--role", role, "--division",
        division, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": password])
  }

  /// The configuration with one value set; nil takes the key away.
  func change(_ division: String, _ path: String, to value: Any?) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("\(division).json")))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let changed = Office.setting(
      path.split(separator: ".").map(String.init)[...], to: value, in: root)
    try JSONSerialization.data(withJSONObject: changed)
      .write(to: URL(fileURLWithPath: folder.file("\(division).json")))
  }

  private static func setting(
    _ path: ArraySlice<String>, to value: Any?, in object: [String: Any]
  ) -> [String: Any] {
    guard let key = path.first else { return object }
    var object = object
    if path.count == 1 {
      object[key] = value
    } else {
      let inner = object[key] as? [String: Any] ?? [:]
      object[key] = setting(path.dropFirst(), to: value, in: inner)
    }
    return object
  }
}
