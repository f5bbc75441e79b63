import Foundation
import TestSupport
import Testing

@Suite(
  "xiecha-admin store: a node whose files say nothing (GB/T 22239 8.1.4.8)",
  .timeLimit(.minutes(3)))
struct SealedStoreTests {
  /// What the demo's case file says of the first woman's husband: name, number, street, telephone.
  private static let words = ["徐霞红", "440726200103194435", "示例路30号", "0755-00009385"]

  private let office: Office
  private var store: String { "\(Office.township).sqlite" }

  init() async throws {
    office = try await Office.ready(Office.township)
    try await office.done(
      [
        "operator", "add", "--store", "\(Office.township).sqlite", "--name", "li.wei", "--role",
        "townshipOperator", "--division", Office.township, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    try office.folder.write(Office.password, to: "password")
    try await office.done(["store", "key", "create", "store.key"])
  }

  private func start() async throws -> (node: RunningNode, address: String) {
    let node = try RunningNode(config: "\(Office.township).json", in: office.folder)
    let ready = try #require(await node.line(with: "ready:"))
    return (node, String(ready.split(separator: " ").last ?? ""))
  }

  private func xiecha(_ arguments: String...) async throws -> ProgramRun {
    try await Program.operator.run(
      arguments, in: office.folder,
      environment: ["XDG_CONFIG_HOME": office.folder.file("config")])
  }

  /// Brings the demo's cases in, by the operator's program.
  private func importCases(_ address: String) async throws -> String {
    let signIn = try await xiecha(
      "sign-in", "work", "--node", address, "--division", Office.township, "--account", "li.wei",
      "--trust", "Certificates/authority.pem", "--password-file", "password")
    #expect(signIn.exit == 0, "\(signIn.error)")
    let cases = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Tools/demo-cases-\(Office.township).csv").standardized.path
    let imported = try await xiecha("import", cases, "--json")
    let rejected = office.folder.file("demo-cases-\(Office.township).rejects.csv")
    try? FileManager.default.removeItem(atPath: rejected)
    return imported.output
  }

  /// The files of the node that say one of the words, in UTF-8.
  private func leaks() throws -> [String] {
    let words = Self.words.map { Data($0.utf8) }
    return try FileManager.default.contentsOfDirectory(atPath: office.folder.path).filter { file in
      guard let bytes = FileManager.default.contents(atPath: office.folder.file(file)) else {
        return false
      }
      return words.contains { bytes.range(of: $0) != nil }
    }
  }

  @Test("File, log, copies, backup and the program's lines say nothing of the demo's persons")
  func night() async throws {
    let plan = try await office.done(
      ["store", "seal", "--store", store, "--key", "store.key", "--dry-run"])
    #expect(plan.output.contains("would seal"))
    try await office.done(["store", "seal", "--store", store, "--key", "store.key"])
    let (node, address) = try await start()
    let imported = try await importCases(address)
    #expect(imported.contains("\"enteredBefore\":0"), "\(imported)")
    #expect(try leaks() == [])
    let limits = try String(contentsOfFile: "/proc/\(node.identifier)/limits", encoding: .utf8)
    #expect(limits.contains(#/Max core file size +0 +0 /#))
    // The store's key is replaced beside the node that runs.
    let rotated = try await office.done(["store", "rotate", "--store", store, "--json"])
    #expect(rotated.output.contains("\"dataKeys\":1"))
    try await office.done(["backup", "key", "create", "backup.key"])
    try await office.done([
      "backup", "make", "--store", store, "--key", "backup.key", "--to", "one.xcbackup",
    ])
    node.signal(SIGKILL)
    _ = await node.exit()
    #expect(try leaks() == [])
    for stream in [RunningNode.Stream.output, .error] {
      #expect(await node.line(with: Self.words[0], on: stream) == nil)
    }
    let traces = try await office.done(["trace", "list", "--store", store, "--json"])
    #expect(traces.output.contains("store.seal") && traces.output.contains("store.rotate"))
    // It starts with the new key; what was imported is there.
    let (again, second) = try await start()
    #expect(try await importCases(second).contains("\"entered\":0"))
    again.signal(SIGTERM)
    #expect(await again.exit() == 0)
  }

  @Test("Without the store's key the node says which file is missing, and does not start")
  func noKey() async throws {
    try await office.done(["store", "seal", "--store", store, "--key", "store.key"])
    try FileManager.default.moveItem(
      atPath: office.folder.file("store.key"), toPath: office.folder.file("safe.key"))
    let node = try RunningNode(config: "\(Office.township).json", in: office.folder)
    #expect(await node.exit() == 6)
    #expect(await node.line(with: "store.key", on: .error) != nil)
    try await office.done(["store", "locate", "--store", store, "--key", "safe.key"])
    let (again, _) = try await start()
    again.signal(SIGTERM)
    #expect(await again.exit() == 0)
  }
}
