import ExchangeRules
import Foundation
import Ledger
import TLS
import TestSupport
import Testing

@Suite("xiecha-admin: what proves a history, to whoever has only OpenSSL")
struct EvidenceTests {
  let office: Office

  init() throws { office = try Office() }

  private static let time: Int64 = 1_790_000_000_000

  /// A signer by the county's key.
  private struct Signer: LogSigner {
    let key: SigningKey
    var fingerprint: [UInt8] { key.signatory.fingerprint }
    func sign(_ bytes: [UInt8], at _: Int64) throws -> [UInt8] { try key.sign(bytes) }
  }

  /// A county's ledger with an item of three sealed events, two of them in one commit.
  private func county() async throws -> (Office, LedgerID) {
    let office = try await Office.ready(Office.county)
    let folder = office.folder.file("Certificates")
    let key = try SigningKey(
      TLSConfiguration(
        certificateChainFile: "\(folder)/440306.pem", privateKeyFile: "\(folder)/440306.key",
        trustRootsFile: "\(folder)/authority.pem"))
    let ledger = try Ledger(path: office.folder.file("store.sqlite"))
    ledger.sign(by: Signer(key: key))
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let item = StoredItem(
      id: LedgerID(version7At: now), kind: .assistRequest, category: .assist, from: "440306",
      to: "441702", enteredAt: "440306")
    let events = [EventKind.entered, .submitted, .closed].map { kind in
      StoredEvent(
        id: LedgerID(version7At: now), item: item.id, kind: kind, at: now,
        actor: LedgerActor(account: "lin", role: "countyOperator", division: "440306"),
        body: Array("detail of \(kind)".utf8))
    }
    let signatory = key.signatory
    try await ledger.commit { ledger in
      _ = try ledger.claim(for: "440306")
      try ledger.keep(
        StoredSignatory(
          fingerprint: signatory.fingerprint, division: "440306",
          certificate: signatory.certificate, authorities: signatory.authorities, since: now))
      _ = try ledger.insert(
        item, entered: events[0], called: events[0].digest, from: .here, at: now)
    }
    try await ledger.commit { ledger in
      for event in events.dropFirst() {
        _ = try ledger.insert(event, called: event.digest, from: .here, at: now)
      }
    }
    try ledger.close()
    return (office, item.id)
  }

  /// Runs the check of an unpacked archive.
  private func check(
    _ office: Office, in folder: String = "evidence"
  ) throws -> (exit: Int32, text: String) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [office.folder.file("\(folder)/check.sh")]
    let pipe = Pipe()
    shell.standardOutput = pipe
    shell.standardError = pipe
    try shell.run()
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    shell.waitUntilExit()
    return (shell.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  private func unpack(_ office: Office) throws {
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/tar")
    tar.arguments = ["-xf", office.folder.file("e.tar"), "-C", office.folder.path]
    try tar.run()
    tar.waitUntilExit()
    #expect(tar.terminationStatus == 0)
  }

  @Test("The evidence of an item is checked by openssl, and a byte that was changed is named")
  func evidence() async throws {
    let (office, item) = try await county()
    let arguments = [
      "evidence", "\(item)", "--store", "store.sqlite", "--trust", "Certificates/authority.pem",
      "--out", "e.tar",
    ]
    let silent = try await office.admin(arguments + ["--purpose", " "])
    #expect(silent.exit == 2)
    try await office.done(arguments + ["--purpose", "court"])
    try unpack(office)
    let whole = try check(office)
    #expect(whole.exit == 0)
    #expect(
      whole.text == """
        events/001-entered: sealed by 440306
        events/002-submitted: sealed by 440306
        events/003-closed: sealed by 440306

        """)
    let again = try await office.admin(arguments + ["--purpose", "court"])
    #expect(again.exit == 2)
    #expect(again.error.contains("e.tar"))

    for file in ["detail", "event", "statement", "signature", "path/00.left"] {
      let path = office.folder.file("evidence/events/003-closed/\(file)")
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      var changed = before
      changed[changed.startIndex + changed.count / 2] ^= 1
      try changed.write(to: URL(fileURLWithPath: path))
      let verdict = try check(office)
      #expect(verdict.exit == 1, "\(file)")
      #expect(verdict.text.contains("events/003-closed: the"), "\(file): \(verdict.text)")
      #expect(verdict.text.contains("events/001-entered: sealed by 440306"))
      try before.write(to: URL(fileURLWithPath: path))
    }
    // G2: whoever writes it leaves a trace.
    let traces = try await office.admin(["trace", "list", "--store", "store.sqlite"])
    #expect(traces.output.contains("evidence") && traces.output.contains("court"))
  }

  @Test("What was removed proves all the same who wrote it and when, and the log verifies (G6)")
  func removed() async throws {
    let (office, item) = try await county()
    let ledger = try Ledger(path: office.folder.file("store.sqlite"))
    let removal = try await ledger.commit { try $0.remove(item, at: EvidenceTests.time) }
    #expect(removal?.events == 3)
    try ledger.close()
    try await office.done([
      "evidence", "\(item)", "--store", "store.sqlite", "--trust", "Certificates/authority.pem",
      "--out", "e.tar", "--purpose", "court",
    ])
    try unpack(office)
    let whole = try check(office)
    #expect(whole.exit == 0, "\(whole.text)")
    for event in ["001-entered", "002-submitted", "003-closed"] {
      #expect(whole.text.contains("events/\(event): its detail was removed"))
      #expect(whole.text.contains("events/\(event): sealed by 440306"))
    }
    try await office.done([
      "audit", "verify", "--log-only", "--trust", "Certificates/authority.pem", "--store",
      "store.sqlite",
    ])
  }

  @Test("An entry of the log is proven by openssl, with the log's growth; a changed byte is named")
  func proof() async throws {
    let (office, item) = try await county()
    let store = ["--store", "store.sqlite"]
    let found = try await office.done(
      ["audit", "search", "--item", "\(item)", "--purpose", "court", "--json"] + store)
    let places = found.output.matches(of: /"place":"([0-9:]+)"/).map { String($0.1) }
    // The search is a line of the log itself.
    #expect(places == ["1:1", "2:1", "2:2", "3:1"])
    let head = try await office.done(
      ["audit", "verify", "--log-only", "--trust", "Certificates/authority.pem", "--json"] + store)
    #expect(head.output.contains("\"entries\":\"4\""))
    let prove =
      ["audit", "prove", "--trust", "Certificates/authority.pem", "--out", "e.tar"] + store
    let nothing = try await office.admin(prove + ["2:3", "--purpose", "court"])
    #expect(nothing.exit == 1)
    try await office.done(prove + ["1:1", "--purpose", "court"])
    try unpack(office)
    let whole = try check(office, in: "proof")
    #expect(
      whole.text == """
        the entry is in the log
        the log has only grown from page 1 to page 2
        signed by 440306

        """)
    #expect(whole.exit == 0)
    let files = [
      "entry/record", "entry/detail", "entry/letter", "page/statement", "page/signature",
      "page/path/00.right", "head/statement", "head/signature", "growth/older-root",
      "growth/path/00",
    ]
    for file in files {
      let path = URL(fileURLWithPath: office.folder.file("proof/\(file)"))
      let before = try Data(contentsOf: path)
      var changed = before
      changed[changed.startIndex + changed.count / 2] ^= 1
      try changed.write(to: path)
      #expect(try check(office, in: "proof").exit == 1, "\(file)")
      try before.write(to: path)
    }
    let traces = try await office.done(["trace", "list"] + store)
    #expect(traces.output.contains("audit-prove") && traces.output.contains("1:1 court"))
  }

  @Test("The log of a ledger is checked against the node's certificate and a head that was kept")
  func audit() async throws {
    let (office, _) = try await county()
    let verify = [
      "audit", "verify", "--log-only", "--store", "store.sqlite", "--trust",
      "Certificates/authority.pem",
    ]
    let first = try await office.admin(verify + ["--json"])
    #expect(first.exit == 0)
    let found = try JSONDecoder().decode([String: String].self, from: Data(first.output.utf8))
    #expect(found["pages"] == "2")
    #expect(found["entries"] == "3")
    let head = try #require(found["head"])
    #expect(try await office.admin(verify + ["--head", head]).exit == 0)
    let other = "2:" + String(repeating: "0", count: 64)
    let rewritten = try await office.admin(verify + ["--head", other])
    #expect(rewritten.exit == 1)
    #expect(rewritten.error.contains("page 2 of the log"))
    // Another authority vouches for none of its pages.
    try await office.done(["authority", "create", "Other"])
    let foreign = try await office.admin(
      ["audit", "verify", "--store", "store.sqlite", "--trust", "Other/authority.pem"])
    #expect(foreign.exit == 1)
  }
}
