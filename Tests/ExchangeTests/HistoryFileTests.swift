import Credentials
import ExchangeProtos
import ExchangeRules
import Foundation
import Ledger
import TLS
import TestSupport
import TestTLS
import Testing
import Wire

@testable import Exchange

/// The histories in `Protos/conformance/histories`: signed events, and what becomes of each.
///
/// This reads them by the product's own code, and by a reader in Python that was written from
/// PROTOCOL.md alone.
///
/// Keys and signatures are new whenever the files are written (`XIECHA_WRITE_TRANSCRIPTS=1`), so they
/// are read, not compared.
@Suite("Histories that anybody can check from the text alone", .timeLimit(.minutes(30)))
struct HistoryFileTests {
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Protos/conformance")

  static let files: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent("histories").path)
    return (names ?? []).filter { $0.hasSuffix(".txt") }.sorted()
  }()

  @Test("There is a history of each kind")
  func complete() throws {
    if ProcessInfo.processInfo.environment["XIECHA_WRITE_TRANSCRIPTS"] != nil {
      for history in try WrittenHistory.all() {
        let path = Self.folder.appendingPathComponent("histories/\(history.name).txt")
        try history.text.write(to: path, atomically: true, encoding: .utf8)
      }
    }
    #expect(Self.files == WrittenHistory.names.sorted().map { "\($0).txt" })
  }

  @Test("The product reads each as it is written", arguments: files)
  func product(file: String) async throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("histories/\(file)"), encoding: .utf8)
    let history = try ReadHistory(text)
    #expect(try await history.outcome() == history.expected)
  }

  @Test("A reader in Python, written from PROTOCOL.md alone, reads them alike")
  func outsider() async throws {
    let reader = Process()
    // Debian's own Python has Debian's own packages.
    reader.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    reader.arguments =
      [Self.folder.appendingPathComponent("python/xiecha_history.py").path]
      + Self.files.map { Self.folder.appendingPathComponent("histories/\($0)").path }
    let pipe = Pipe()
    reader.standardOutput = pipe
    reader.standardError = pipe
    try reader.run()
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    reader.waitUntilExit()
    #expect(reader.terminationStatus == 0, "\(String(decoding: text, as: UTF8.self))")
  }
}

/// A history file, as the product reads it.
private struct ReadHistory {
  private var parties = ItemParties(from: "", to: "", feedbackRequired: true)
  private var authority: [UInt8] = []
  private var revoked: [UInt8] = []
  private var certificates: [[[UInt8]]] = []
  private var events: [[UInt8]] = []
  private(set) var expected: [String] = []

  init(_ text: String) throws {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      let values = words.dropFirst().compactMap(Hexadecimal.bytes)
      switch words.first {
      case "between":
        parties = ItemParties(
          from: words[1], to: words[2], feedbackRequired: words[3] == "feedback")
      case "authority": authority = try #require(values.first)
      case "revoked": revoked = try #require(values.first)
      case "certificate": certificates.append(values)
      case "event": events.append(try #require(values.first))
      case "=": expected.append(String(line.dropFirst(2)))
      default: Issue.record("not a line of a history: \(line)")
      }
    }
  }

  /// What becomes of each event, and of the item.
  func outcome() async throws -> [String] {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: TestStore.place(folder.file("ledger.sqlite")))
    var files = TLSConfiguration(trustRootsFile: "\(folder.path)/authority.pem")
    try Self.write(authority, as: "CERTIFICATE", to: files.trustRootsFile)
    if !revoked.isEmpty {
      files.revocationListFile = "\(folder.path)/revoked.pem"
      try Self.write(revoked, as: "X509 CRL", to: "\(folder.path)/revoked.pem")
    }
    let checks = SealChecks(trust: try SignatoryTrust(files))
    for chain in certificates {
      if let known = checks.signatory(chain[0], Array(chain.dropFirst()), now: 0) {
        try await ledger.commit { try $0.keep(known) }
      }
    }
    let events = try events.map { try #require(try DetailedEvent(bytes: $0)) }
    let refusals = try await ledger.read { ledger in
      try events.map { event -> String? in
        if event.stored.seal.isEmpty { return "unsealed" }
        do {
          try checks.check(event, in: ledger)
          return nil
        } catch let failure as CallFailure {
          return failure.reason
        }
      }
    }
    let taken = zip(events, refusals).filter { $0.1 == nil }.map { HistoryEvent($0.0) }
    let history = try ItemHistory(of: taken, between: parties)
    var lines = zip(events, refusals).enumerated().map { place, event in
      let (event, refusal) = event
      let outcome =
        refusal.map { "set aside \($0)" }
        ?? history.verdicts[event.digest]?.failure.map { "no effect \($0.cause.rawValue)" }
        ?? "counts"
      return
        "\(place + 1) \(event.stored.kind.word) \(event.stored.actor.division): \(outcome)"
    }
    lines.append("state \(history.standing.state.word)")
    let heads = history.heads.map { Hexadecimal.text(Array($0.bytes.prefix(4))) }
    lines.append((["heads"] + heads).joined(separator: " "))
    return lines
  }

  private static func write(_ der: [UInt8], as label: String, to path: String) throws {
    let text = Data(der).base64EncodedString(
      options: [.lineLength64Characters, .endLineWithLineFeed])
    try "-----BEGIN \(label)-----\n\(text)\n-----END \(label)-----\n".write(
      toFile: path, atomically: true, encoding: .utf8)
  }
}
