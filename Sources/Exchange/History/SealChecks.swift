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
    var known: [[UInt8]: Known] = [:]
  }

  /// What is at hand of a signatory.
  private struct Known {
    let signatory: Signatory
    /// When its certificate was revoked, in seconds since 1970.
    let revoked: Int64?
    /// What it was found to have signed, by pages: a page has many events, and one signature.
    var signed: [Int64: [UInt8]] = [:]
  }

  /// Pages of one signatory that are remembered, at most; one takes about 200 bytes.
  private static let rememberedPages = 64

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
    try check(
      event.stored.seal, on: event.digest, by: event.stored.actor.division, in: ledger)
  }

  /// Refuses what is not sealed by its actor's node: an event, or a step of a letter.
  ///
  /// - Parameters:
  ///   - bytes: The seal, as it came.
  ///   - digest: What the seal is on.
  ///   - actor: The division of the actor.
  ///   - ledger: Where certificates are known.
  /// - Throws: `CallFailure` with what is wrong with the seal; what is wrong with the ledger.
  func check(
    _ bytes: [UInt8], on digest: EventDigest, by actor: String, in ledger: LedgerReader
  ) throws {
    guard let seal = EventSeal(bytes), let statement = seal.statement(on: digest)
    else { throw SealChecks.failure(.falseSeal, "the seal does not fit the event") }
    let known = try known(seal.signer, in: ledger)
    let signatory = known.signatory
    let division = signatory.division ?? ""
    guard SealChecks.mayWrite(division, for: actor) else {
      throw SealChecks.failure(
        .wrongDivision, "sealed by \(division), which does not write for \(actor)")
    }
    let seconds = seal.at / 1000
    guard signatory.validity.contains(seconds) else {
      throw SealChecks.failure(
        .certificateOutOfDate,
        "sealed by \(division) at a time at which its certificate was not valid")
    }
    if let revoked = known.revoked, seconds >= revoked {
      throw SealChecks.failure(
        .certificateRevoked, "sealed by \(division) after its certificate was revoked")
    }
    if known.signed[seal.page] == statement { return }
    guard signatory.hasSigned(statement, seal.signature) else {
      throw SealChecks.failure(.falseSeal, "\(division) has not signed this event")
    }
    state.withLock { state in
      if known.signed.count >= SealChecks.rememberedPages { state.known[seal.signer]?.signed = [:] }
      state.known[seal.signer]?.signed[seal.page] = statement
    }
  }

  /// Whether the node of a division has signed a page of its log, whenever.
  func hasSigned(
    _ statement: [UInt8], _ signature: [UInt8], by signer: [UInt8], of division: String,
    in ledger: LedgerReader
  ) throws -> Bool {
    guard let known = try? known(signer, in: ledger) else { return false }
    return known.signatory.division == division
      && known.signatory.hasSigned(statement, signature)
  }

  private func known(_ signer: [UInt8], in ledger: LedgerReader) throws -> Known {
    if let known = state.withLock({ $0.known[signer] }) { return known }
    guard let stored = try ledger.signatory(signer),
      let signatory = Signatory(certificate: stored.certificate, authorities: stored.authorities)
    else {
      throw SealChecks.failure(
        .unknownSigner, "the certificate that it was sealed with is not known here")
    }
    let found = Known(
      signatory: signatory, revoked: state.withLock { $0.trust.revocation(of: signatory) })
    state.withLock { state in
      if state.known.count >= SealChecks.rememberedSignatories { state.known = [:] }
      state.known[signer] = found
    }
    return found
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
