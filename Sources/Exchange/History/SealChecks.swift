internal import ExchangeRules
internal import Ledger
internal import Synchronization
internal import TLS
internal import Wire

/// Whose seals a node believes: an event counts as its author's when the author's node has signed it,
/// whoever passes it on.
final class SealChecks: Sendable {
  private struct State {
    var trust: SignatoryTrust
    /// By the fingerprints of their certificates.
    var signatories: [[UInt8]: Signatory] = [:]
    /// What was found to be signed: a page has many events, and one signature.
    var signed: [Page: [UInt8]] = [:]
  }

  private struct Page: Hashable {
    let signer: [UInt8]
    let number: Int64
  }

  /// Signed pages that are remembered, at most; one takes about 300 bytes.
  private static let rememberedPages = 4096
  /// Signatories that are at hand, at most: more than a province has nodes.
  private static let rememberedSignatories = 1024

  private let state: Mutex<State>

  init(trust: SignatoryTrust) { state = Mutex(State(trust: trust)) }

  /// Goes by other trust roots and lists from now on.
  func use(_ trust: SignatoryTrust) { state.withLock { $0 = State(trust: trust) } }

  /// Whether a certificate that came over a link is one of the network; what is to be kept of it then.
  func signatory(
    _ certificate: [UInt8], _ authorities: [[UInt8]], now: Int64
  ) -> StoredSignatory? {
    guard let signatory = Signatory(certificate: certificate, authorities: authorities),
      let division = signatory.division,
      state.withLock({ $0.trust.vouches(for: signatory) })
    else { return nil }
    return StoredSignatory(
      fingerprint: signatory.fingerprint, division: division, certificate: certificate,
      authorities: authorities, since: now)
  }

  /// Refuses an event whose seal is not that of its actor's node.
  ///
  /// - Throws: `CallFailure` with what is wrong with the seal; what is wrong with the ledger.
  func check(_ event: DetailedEvent, in ledger: LedgerReader) throws {
    guard let seal = EventSeal(event.stored.seal), let statement = seal.statement(on: event.digest)
    else { throw SealChecks.failure(.falseSeal, "the seal does not fit the event") }
    let signatory = try signatory(of: seal, in: ledger)
    let division = signatory.division ?? ""
    guard SealChecks.mayWrite(division, for: event.stored.actor.division) else {
      throw SealChecks.failure(
        .wrongDivision,
        "sealed by \(division), which does not write for \(event.stored.actor.division)")
    }
    let seconds = seal.at / 1000
    guard signatory.validity.contains(seconds) else {
      throw SealChecks.failure(
        .certificateOutOfDate,
        "sealed by \(division) at a time at which its certificate was not valid")
    }
    if let revoked = state.withLock({ $0.trust.revocation(of: signatory) }), seconds >= revoked {
      throw SealChecks.failure(
        .certificateRevoked, "sealed by \(division) after its certificate was revoked")
    }
    let page = Page(signer: seal.signer, number: seal.page)
    if state.withLock({ $0.signed[page] }) == statement { return }
    guard signatory.hasSigned(statement, seal.signature) else {
      throw SealChecks.failure(.falseSeal, "\(division) has not signed this event")
    }
    state.withLock { state in
      if state.signed.count >= SealChecks.rememberedPages { state.signed = [:] }
      state.signed[page] = statement
    }
  }

  private func signatory(of seal: EventSeal, in ledger: LedgerReader) throws -> Signatory {
    if let known = state.withLock({ $0.signatories[seal.signer] }) { return known }
    guard let stored = try ledger.signatory(seal.signer),
      let signatory = Signatory(certificate: stored.certificate, authorities: stored.authorities)
    else {
      throw SealChecks.failure(
        .unknownSigner, "the certificate that it was sealed with is not known here")
    }
    state.withLock { state in
      if state.signatories.count >= SealChecks.rememberedSignatories { state.signatories = [:] }
      state.signatories[seal.signer] = signatory
    }
    return signatory
  }

  /// A node writes for its own division and for those below it, whose people sign in at it; a province
  /// for itself alone, for the counties are no part of it (S2.1, S2.3).
  private static func mayWrite(_ signer: String, for actor: String) -> Bool {
    if signer == actor { return true }
    guard let signer = DivisionCode(signer), let actor = DivisionCode(actor),
      let kind = NodeIdentity.Kind(serving: signer), kind != .province
    else { return false }
    return signer.contains(actor)
  }

  private static func failure(_ reason: FailureReason, _ text: String) -> CallFailure {
    CallFailure(.permissionDenied, reason, field: "event.seal", text)
  }
}
