import Foundation
import Ledger
import TestSupport
import Testing

@Suite("xiecha-admin: backups and the way back", .timeLimit(.minutes(2)))
struct BackupTests {
  /// A county's folder in which its node has run once, with an operator and a backup key.
  private func ready() async throws -> Office {
    let office = try await Office.ready(Office.county)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    try await office.done(
      [
        "operator", "add", "--store", "440306.sqlite", "--name", "li.wei", "--role",
        "countyOperator", "--division", Office.county, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    try await office.done(["backup", "key", "create", "backup.key"])
    // Beside the node that runs.
    let made = try await office.done([
      "backup", "make", "--store", "440306.sqlite", "--key", "backup.key", "--to", "one.xcbackup",
    ])
    #expect(made.output.contains("verified"))
    let traces = try await office.done(["trace", "list", "--store", "440306.sqlite", "--json"])
    #expect(traces.output.contains("one.xcbackup"))
    node.signal(SIGKILL)
    _ = await node.exit()
    return office
  }

  @Test("A machine burnt down: one command makes the store again, and the node starts on it")
  func burntDown() async throws {
    let office = try await ready()
    #expect(office.folder.mode(of: "one.xcbackup") == 0o600)
    let shown = try await office.done(["backup", "show", "one.xcbackup"])
    #expect(shown.output.contains("440306") && !shown.output.contains("li.wei"))
    try await office.done(["backup", "verify", "one.xcbackup", "--key", "backup.key"])
    for file in try FileManager.default.contentsOfDirectory(atPath: office.folder.path)
    where file.hasPrefix("440306.sqlite") {
      try FileManager.default.removeItem(atPath: office.folder.file(file))
    }
    let restore = [
      "restore", "one.xcbackup", "--store", "440306.sqlite", "--division", Office.county, "--key",
      "backup.key",
    ]
    let restored = try await office.done(restore)
    #expect(restored.output.contains("li.wei"))
    #expect(restored.output.contains("sessions have ended"))
    #expect(office.folder.mode(of: "440306.sqlite") == 0o600)
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    let status = try await office.done(["status", "--store", "440306.sqlite"])
    #expect(status.output.contains("restored at"))
    let again = try await office.admin(restore)
    #expect(again.exit == 1)
    #expect(again.error.contains("never replaced"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test(
    "Another node, another key, a cut file: each is named with its exit code, and nothing is made")
  func refusals() async throws {
    let office = try await ready()
    func restore(_ file: String, division: String, key: String) async throws -> ProgramRun {
      try await office.admin([
        "restore", file, "--store", "new.sqlite", "--division", division, "--key", key,
      ])
    }
    let other = try await restore("one.xcbackup", division: "441702", key: "backup.key")
    #expect(other.exit == 1)
    #expect(other.error.contains("of node 440306, not of 441702"))
    try await office.done(["backup", "key", "create", "other.key"])
    let key = try await restore("one.xcbackup", division: Office.county, key: "other.key")
    #expect(key.exit == 3)
    // A rotated file still reads what its older key made.
    try await office.done(["backup", "key", "rotate", "backup.key"])
    let keys = try await office.done(["backup", "key", "show", "backup.key"])
    #expect(keys.output.split(separator: "\n").count == 4)
    try await office.done(["backup", "verify", "one.xcbackup", "--key", "backup.key"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: office.folder.file("one.xcbackup")))
    try bytes.dropLast(bytes.count / 3)
      .write(to: URL(fileURLWithPath: office.folder.file("cut.xcbackup")))
    let cut = try await restore("cut.xcbackup", division: Office.county, key: "backup.key")
    #expect(cut.exit == 2)
    #expect(cut.error.contains("cut short behind byte"))
    let none = try await restore("440306.json", division: Office.county, key: "backup.key")
    #expect(none.exit == 2)
    #expect(none.error.contains("is no backup of Xiecha"))
    #expect(office.folder.mode(of: "new.sqlite") == nil)
  }

  @Test("A node with a schedule makes its first backup at the start, and says so")
  func schedule() async throws {
    let office = try await Office.ready(Office.county)
    try await office.done(["backup", "key", "create", "backup.key"])
    try FileManager.default.createDirectory(
      atPath: office.folder.file("backups"), withIntermediateDirectories: false)
    try office.change(
      Office.county, "backup", to: ["folder": "backups", "keyFile": "backup.key", "keep": 3])
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    _ = try #require(await node.line(with: "backed up and verified", on: .error))
    let files = try FileManager.default.contentsOfDirectory(atPath: office.folder.file("backups"))
    #expect(files.count == 1)
    #expect(files.first?.hasPrefix("440306-") == true)
    let status = try await office.done(["status", "--store", "440306.sqlite"])
    #expect(status.output.contains("last backup"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
    try office.change(Office.county, "backup", to: ["folder": "backups"])
    let half = try await Program.node.run(
      ["--check", "--config", "\(Office.county).json"], in: office.folder)
    #expect(half.exit == 2)
    #expect(half.error.contains("backup.keyFile"))
  }

  @Test("A backup that fails is logged with its cause, shown in the status, and stops nothing")
  func failing() async throws {
    let office = try await Office.ready(Office.county)
    try await office.done(["backup", "key", "create", "backup.key"])
    try office.change(
      Office.county, "backup", to: ["folder": "none", "keyFile": "backup.key"])
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let line = try #require(await node.line(with: "the backup failed", on: .error))
    #expect(line.contains("none"))
    _ = try #require(await node.line(with: "ready:"))
    let status = try await office.done(["status", "--store", "440306.sqlite"])
    #expect(status.output.contains("a backup failed"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
