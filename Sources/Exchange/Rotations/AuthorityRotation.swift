internal import Credentials
public import Ledger
public import TLS

/// An authority is replaced by another: the new root is believed beside the old, the nodes move over by
/// a rotation of their keys, and the old root is believed no longer.
///
/// Each step is a trust that the authority signs and the top node's ledger keeps; the links carry it to
/// every node, which takes it when it can (``TrustKeeper``).
public struct AuthorityRotation: Sendable {
  private let ledger: Ledger
  private let actor: LedgerActor

  /// At the node of a ledger, by who is to answer for it.
  public init(_ ledger: Ledger, by actor: LedgerActor) {
    self.ledger = ledger
    self.actor = actor
  }

  /// Where a node below stands.
  public struct Standing: Sendable, Hashable {
    /// Its division.
    public let division: String
    /// Its name.
    public let name: String
    /// Whether it may connect: one that may not holds nothing up.
    public let isEnabled: Bool
    /// The number of the trust that it goes by; 0: none.
    public let trust: Int64
    /// Its certificate, in DER; empty: not known here.
    public let certificate: [UInt8]

    /// Whether an authority has issued its certificate.
    public func isOf(_ authority: CertificateAuthority) throws -> Bool {
      TrustFiles.hasIssued(try authority.root(), certificate)
    }
  }

  /// The latest trust that was published; nil: none ever was.
  public func latest() async throws -> NetworkTrustBundle? {
    try await ledger.read { try $0.latestTrust() }.map(NetworkTrustBundle.init)
  }

  /// Both are believed, and the new one issues.
  @discardableResult
  public func begin(
    from old: CertificateAuthority, to new: CertificateAuthority, now: Int64
  ) async throws -> Int64 {
    try await publish([new, old], retired: [], by: old, "rotate-authority", now: now)
  }

  /// The old one is believed no longer, wherever no node has a certificate of it any more.
  @discardableResult
  public func finish(
    from old: CertificateAuthority, to new: CertificateAuthority, now: Int64
  ) async throws -> Int64 {
    try await publish(
      [new], retired: [TrustFiles.digest(of: try old.root())], by: new, "rotate-authority-finish",
      now: now)
  }

  /// The new one is believed no longer, as long as no node has a certificate of it.
  ///
  /// - Throws: ``LedgerFailure/Reason/conflict`` with the first that has.
  @discardableResult
  public func undo(
    from old: CertificateAuthority, to new: CertificateAuthority, now: Int64
  ) async throws -> Int64 {
    if let moved = try await standings().first(where: { try $0.isOf(new) }) {
      throw LedgerFailure(
        .conflict,
        "\(moved.division) has a certificate of the new authority already; go on, or rotate back from "
          + "the new to the old")
    }
    return try await publish(
      [old], retired: [TrustFiles.digest(of: try new.root())], by: old, "rotate-authority-undo",
      now: now)
  }

  /// The authority's revocation list, as it is now, goes to every node.
  @discardableResult
  public func publishLists(of authority: CertificateAuthority, now: Int64) async throws -> Int64 {
    try await publish([authority], retired: [], by: authority, "trust-published", now: now)
  }

  /// Where the enabled and disabled nodes below stand.
  public func standings() async throws -> [Standing] {
    try await ledger.read { reader in
      var standings: [Standing] = []
      var last = ""
      while true {
        let page = try reader.nodes(after: last)
        guard let end = page.last else { return standings }
        last = end.division
        standings += try page.map { node in
          Standing(
            division: node.division, name: node.name, isEnabled: node.isEnabled, trust: node.trust,
            certificate: try reader.signatory(node.fingerprint)?.certificate ?? [])
        }
      }
    }
  }

  private func publish(
    _ authorities: [CertificateAuthority], retired: [[UInt8]], by signer: CertificateAuthority,
    _ action: String, now: Int64
  ) async throws -> Int64 {
    try await ledger.commit { [actor] ledger in
      let bundle = try NetworkTrustBundle(
        after: try ledger.latestTrust(), authorities, retired: retired, signedBy: signer)
      try ledger.keep(bundle.stored(at: now))
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: action, purpose: "\(bundle.number)"))
      return bundle.number
    }
  }
}
