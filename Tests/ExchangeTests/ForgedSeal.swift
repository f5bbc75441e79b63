import Credentials
import ExchangeProtos
import ExchangeRules
import Ledger
import TLS
import TestTLS

@testable import Exchange

/// Seals of a test's own making, by the text of PROTOCOL.md alone.
struct ForgedSeal {
  var signer: [UInt8]
  var page: Int64 = 1
  var at: Int64
  var log = [UInt8](repeating: 7, count: 32)
  var entry: UInt32 = 0
  var count: UInt32 = 1
  var path: [[UInt8]] = []

  /// The seal of a node's key on an event that is alone on its page.
  static func on(
    _ event: [UInt8], by division: String, _ certificates: TestCertificates,
    _ forge: (inout ForgedSeal) -> Void = { _ in }
  ) throws -> [UInt8] {
    guard let detailed = try DetailedEvent(bytes: event) else { return [] }
    let key = try SigningKey(certificates.configuration(of: division))
    var seal = ForgedSeal(signer: key.signatory.fingerprint, at: detailed.stored.at)
    forge(&seal)
    return try seal.bytes(on: detailed.digest.bytes, key)
  }

  /// The event with a seal, and certificates of whoever has sealed.
  static func seal(
    _ event: [UInt8], by division: String, _ certificates: TestCertificates,
    _ forge: (inout ForgedSeal) -> Void = { _ in }
  ) throws -> [UInt8] {
    event + ForgedEventTests.field(23, try on(event, by: division, certificates, forge))
  }

  private func bytes(on digest: [UInt8], _ key: SigningKey) throws -> [UInt8] {
    let leaf = SHA256Digest.of([0, UInt8(ascii: "W")] + digest)
    let statement =
      Array("xiecha log 1".utf8) + Self.number(page) + Self.number(at) + leaf + log + signer
    return bytes(under: try key.sign(statement))
  }

  func bytes(under signature: [UInt8]) -> [UInt8] {
    [1] + signer + Self.number(page) + Self.number(at) + log + Self.number(entry)
      + Self.number(count) + [UInt8(path.count)] + path.flatMap(\.self) + signature
  }

  private static func number(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
