import Backups
import Credentials
import Foundation
import Ledger
import Synchronization
import TestSupport
import Testing

@Suite("A node makes backups by itself") struct BackupScheduleTests {
  private static let hour: Int64 = 3_600_000

  @Test(
    "The next one is due so long after the last; after a failure soon, but not at once",
    arguments: [
      (nil, nil, 0), (100 * hour, nil, 124 * hour), (nil, 100 * hour, 100 * hour + hour / 4),
      (100 * hour, 124 * hour, 124 * hour + hour / 4), (100 * hour, 101 * hour, 124 * hour),
    ] as [(Int64?, Int64?, Int64)])
  func due(last: Int64?, failed: Int64?, due: Int64) {
    let schedule = BackupSchedule(folder: "f", keyFile: "k")
    #expect(schedule.due(after: last, failed: failed) == due)
  }

  @Test("Old ones go when a new one is verified, never before; others' stay; failures are noted")
  func keeping() async throws {
    let folder = try TemporaryFolder()
    let clock = TestClock()
    let ledger = try Ledger(path: folder.file("store.sqlite"))
    try FileManager.default.createDirectory(
      atPath: folder.file("backups"), withIntermediateDirectories: false)
    try folder.write("mine", to: "backups/440306-holiday.txt")
    try folder.write("no backup", to: "backups/440306-0.xcbackup")
    var schedule = BackupSchedule(
      folder: folder.file("backups"), keyFile: folder.file("keys"), everyHours: 24)
    schedule.keep = 2
    let keeper = BackupKeeper(of: ledger, node: "440306", by: schedule, now: clock.now)
    #expect(try await keeper.due() == 0)
    await #expect(throws: SecretKeyFailure.self) { try await keeper.run() }
    let failure = try await ledger.read { try $0.backupFailure() }
    #expect(failure?.at == clock.now())
    #expect(failure?.text.contains("keys") == true)
    #expect(try await keeper.due() > clock.now())
    try SecretKeyFile(for: .backups, madeOn: "2026-11-27").write(
      to: folder.file("keys"), overwrite: false)
    var files: [String] = []
    for day in 18...20 {
      try clock.set("2009-06-\(day)")
      let outcome = try await keeper.run()
      files.append(outcome.report.file)
      #expect(try await keeper.due() == clock.now() + 24 * Self.hour)
    }
    let kept = BackupFolder(folder.file("backups"), of: "440306").backups().map(\.path)
    #expect(kept == Array(files.reversed().prefix(2)))
    #expect(!FileManager.default.fileExists(atPath: files[0]))
    #expect(try folder.text(of: "backups/440306-holiday.txt") == "mine")
    #expect(try await ledger.read { try $0.backupFailure() } == nil)
    #expect(try await ledger.read { try $0.lastBackup()?.text } == files[2])
    // The clock was ahead when they were made.
    try clock.set("2009-06-01")
    #expect(try await keeper.due() <= clock.now())
    // One that cannot be made removes nothing.
    try FileManager.default.removeItem(atPath: folder.file("keys"))
    try clock.set("2009-06-21")
    await #expect(throws: SecretKeyFailure.self) { try await keeper.run() }
    #expect(BackupFolder(folder.file("backups"), of: "440306").backups().map(\.path) == kept)
    try ledger.close()
  }

  @Test("One of a time to come displaces none that is dated rightly, also where one alone is kept")
  func ofATimeToCome() async throws {
    let folder = try TemporaryFolder()
    let clock = TestClock()
    let ledger = try Ledger(path: folder.file("store.sqlite"))
    try SecretKeyFile(for: .backups, madeOn: "2026-11-27").write(
      to: folder.file("keys"), overwrite: false)
    try FileManager.default.createDirectory(
      atPath: folder.file("backups"), withIntermediateDirectories: false)
    var schedule = BackupSchedule(
      folder: folder.file("backups"), keyFile: folder.file("keys"), everyHours: 24)
    schedule.keep = 1
    let keeper = BackupKeeper(of: ledger, node: "440306", by: schedule, now: clock.now)
    try clock.set("2031-01-01")
    let ahead = try await keeper.run().report.file
    try clock.set("2009-06-20")
    let right = try await keeper.run()
    #expect(right.removed == [ahead])
    #expect(
      BackupFolder(folder.file("backups"), of: "440306").backups().map(\.path)
        == [right.report.file])
    try ledger.close()
  }
}
