import Ledger
import TLS

/// Whose signatures were found to be right.
final class SealAudit {
  private struct Known {
    let signatory: Signatory?
    /// What it was found to have signed last: a page has many events.
    var statement: [UInt8] = []
  }

  private let trust: SignatoryTrust
  private var known: [[UInt8]: Known] = [:]

  init(trust: SignatoryTrust) { self.trust = trust }

  /// Whether a certificate for which the authority vouches, of a division that may, has signed.
  func hasSigned(
    _ statement: [UInt8], _ signature: [UInt8], by signer: [UInt8], in reader: LedgerReader,
    mayBe: (String) -> Bool
  ) throws -> Bool {
    let one = try known[signer] ?? Known(signatory: signatory(signer, in: reader))
    known[signer] = one
    guard let signatory = one.signatory, mayBe(signatory.division ?? "-") else { return false }
    if one.statement == statement { return true }
    guard signatory.hasSigned(statement, signature) else { return false }
    known[signer]?.statement = statement
    return true
  }

  private func signatory(_ fingerprint: [UInt8], in reader: LedgerReader) throws -> Signatory? {
    guard let stored = try reader.signatory(fingerprint),
      let signatory = Signatory(certificate: stored.certificate, authorities: stored.authorities),
      trust.vouches(for: signatory)
    else { return nil }
    return signatory
  }
}
