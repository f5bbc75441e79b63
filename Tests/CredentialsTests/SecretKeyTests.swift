import Credentials
import TestSupport
import Testing

@Suite("Keys lie in a file of their own") struct SecretKeyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A rotation puts a new key in front and keeps the others")
  func rotation() throws {
    var keys = SecretKeyFile(for: .backups, madeOn: "2026-11-27")
    let first = keys.inUse
    try keys.write(to: folder.file("keys"), overwrite: false)
    #expect(folder.mode(of: "keys") == 0o600)
    keys.rotate(on: "2027-01-01")
    try keys.write(to: folder.file("keys"), overwrite: true)
    let read = try SecretKeyFile(for: .backups, reading: folder.file("keys"))
    #expect(read.keys == keys.keys)
    #expect(read.inUse != first && read.keys.last == first)
    #expect(read.keys.map(\.made) == ["2027-01-01", "2026-11-27"])
    let again = #expect(throws: SecretKeyFailure.self) {
      try keys.write(to: folder.file("keys"), overwrite: false)
    }
    #expect(again?.reason == .exists)
  }

  @Test("A file that others may read, that is missing, empty or changed is refused with its line")
  func refusals() throws {
    let path = folder.file("keys")
    try SecretKeyFile(for: .backups, madeOn: "2026-11-27").write(to: path, overwrite: false)
    let text = try folder.text(of: "keys")
    func refusal() throws -> String {
      let failure = #expect(throws: SecretKeyFailure.self) {
        try SecretKeyFile(for: .backups, reading: path)
      }
      #expect(failure?.reason == .keyFile)
      return failure?.description ?? ""
    }
    try folder.write(text, to: "keys", mode: 0o640)
    #expect(try refusal().contains("chmod 600"))
    let last = try #require(text.dropLast().last)
    try folder.write(text.dropLast(2) + (last == "0" ? "1" : "0") + "\n", to: "keys")
    #expect(try refusal().contains("line 3"))
    try folder.write("# nothing\n", to: "keys")
    #expect(try refusal().contains("0 keys"))
    #expect(try !refusal().contains(text.suffix(20)))
    let missing = #expect(throws: SecretKeyFailure.self) {
      try SecretKeyFile(for: .backups, reading: folder.file("none"))
    }
    #expect(missing?.description.contains("backup key create") == true)
  }

  @Test("A key for backups is none for a store, though the file has a key")
  func purposes() throws {
    try SecretKeyFile(for: .backups, madeOn: "2026-11-28").write(
      to: folder.file("keys"), overwrite: false)
    let failure = #expect(throws: SecretKeyFailure.self) {
      try SecretKeyFile(for: .store, reading: folder.file("keys"))
    }
    #expect(failure?.description.contains("no store key") == true)
  }
}
