import Credentials
import ExchangeProtos
import ExchangeRules
import Foundation
import Ledger
import TLS
import TestSupport
import TestTLS

@testable import Exchange

/// A history as a conformance file has it: signed with keys made for it, and what becomes of it.
struct WrittenHistory {
  let name: String
  let text: String

  static let names = [
    "answered", "asked-for", "forgotten", "forked", "given-to-a-township", "in-any-order",
    "of-another-key",
    "of-another-time", "refused", "revoked", "taken-back", "unsealed", "waiting", "withdrawn",
  ]

  static let from = "440306"
  static let to = "441702"
  static let town = "441702102"
  static let province = "440000"

  /// The steps of one history, each signed on a page of its own or with the others of one.
  final class Draft {
    let folder: TemporaryFolder
    let certificates: TestCertificates
    private var lines: [String] = []
    private var heads: [EventDigest] = []
    private(set) var page: Int64 = 0
    private(set) var events: [StoredEvent] = []
    let item = Cases.ledgerID(Cases.assistRequest())

    init() throws {
      folder = try TemporaryFolder()
      certificates = try .create(in: folder.path, for: [from, to, town, province])
    }

    func key(_ division: String) throws -> SigningKey {
      try SigningKey(certificates.configuration(of: division))
    }

    /// An event behind others; by default behind all that were written.
    func event(
      _ kind: EventKind, by division: String, _ detail: ItemEvent.Detail? = nil,
      after follows: [EventDigest]? = nil, as account: String = "operator"
    ) -> StoredEvent {
      var event = StoredEvent(
        id: LedgerID(version7At: TestClock.start + Int64(events.count)), item: item, kind: kind,
        at: TestClock.start + Int64(events.count) * 60_000,
        actor: LedgerActor(account: account, role: "countyOperator", division: division),
        body: detail?.content ?? [])
      event.follows = follows ?? heads
      heads = [event.digest]
      events.append(event)
      return event
    }

    /// Events with the seals of one page of a node's log.
    func page(
      of division: String, _ events: [StoredEvent], at time: Int64 = TestClock.start + 3_600_000
    ) throws -> [StoredEvent] {
      page += 1
      let tree = HashTree(
        leaves: events.map { HashTree.leaf([UInt8(ascii: "W")] + $0.digest.bytes) })
      guard let tree else { return [] }
      let log = SHA256Digest.of(tree.root)
      func big(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
      }
      let key = try key(division)
      let signature = try key.sign(
        Array("xiecha log 1".utf8) + big(page) + big(time) + tree.root + log
          + key.signatory.fingerprint)
      return events.enumerated().map { place, event in
        let path = tree.path(to: place)
        var event = event
        event.seal = [1] + key.signatory.fingerprint + big(page) + big(time) + log
        event.seal += big(UInt32(place)) + big(UInt32(events.count)) + [UInt8(path.count / 32)]
        event.seal += path + signature
        return event
      }
    }

    /// The whole file.
    func history(
      _ name: String, _ what: String, _ events: [StoredEvent], signers: [String],
      revoked: Bool = false, expecting expected: [String]
    ) throws -> WrittenHistory {
      var lines = ["# \(what)", "between \(from) \(to) feedback"]
      let root = try Data(contentsOf: URL(fileURLWithPath: certificates.trustRootsFile))
      lines.append("authority \(Hexadecimal.text(Draft.der(root)))")
      if revoked {
        let list = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/revoked.pem"))
        lines.append("revoked \(Hexadecimal.text(Draft.der(list)))")
      }
      for signer in signers {
        lines.append("certificate \(Hexadecimal.text(try key(signer).signatory.certificate))")
      }
      for event in events { lines.append("event \(Hexadecimal.text(event.bytes))") }
      let outcomes = zip(events, expected).enumerated().map { place, event in
        "= \(place + 1) \(event.0.kind.word) \(event.0.actor.division): \(event.1)"
      }
      lines += outcomes + ["= \(expected[events.count])"]
      let heads = expected.dropFirst(events.count + 1).compactMap { Int($0) }
        .map { events[$0 - 1].digest }.sorted()
      lines.append(
        "= "
          + (["heads"] + heads.map { Hexadecimal.text(Array($0.bytes.prefix(4))) })
          .joined(separator: " "))
      return WrittenHistory(name: name, text: lines.joined(separator: "\n") + "\n")
    }

    private static func der(_ pem: Data) -> [UInt8] {
      let text = String(decoding: pem, as: UTF8.self).split(separator: "\n")
        .filter { !$0.hasPrefix("-----") }.joined()
      return Array(Data(base64Encoded: text) ?? Data())
    }
  }
}
