internal import ExchangeProtos
public import Ledger
public import TLS

/// Whom a network believes, as one of its authorities has signed it.
public struct NetworkTrustBundle: Sendable {
  /// Grows by one with each.
  public let number: Int64
  /// The roots, in DER; the first issues.
  public let roots: [[UInt8]]
  /// SHA-256 of the roots that are believed no longer.
  public let retired: [[UInt8]]
  /// The revocation lists of the roots, in DER.
  public let lists: [[UInt8]]
  private let signed: SignedTrust

  /// Has an authority sign who is believed from now on.
  ///
  /// - Parameters:
  ///   - last: What was published before; nil: nothing.
  ///   - authorities: Who is believed; the first issues.
  ///   - retired: SHA-256 of the roots that are believed no longer.
  ///   - signer: The authority that has issued the certificates of the nodes that are to take it.
  /// - Throws: Which file of an authority cannot be used.
  public init(
    after last: StoredTrust?, _ authorities: [CertificateAuthority], retired: [[UInt8]],
    signedBy signer: CertificateAuthority
  ) throws {
    var bundle = TrustBundle()
    bundle.number = UInt64((last?.number ?? 0) + 1)
    for authority in authorities {
      bundle.roots.append(try authority.root())
      bundle.lists.append(try authority.list())
    }
    bundle.retired = retired
    var signed = SignedTrust()
    signed.bundle = bundle.encoded()
    signed.authority = TrustFiles.digest(of: try signer.root())
    signed.signature = try signer.sign(signed.bundle)
    self.init(bundle, signed)
  }

  /// Reads a bundle as a ledger keeps it.
  public init(_ stored: StoredTrust) throws {
    let signed = try SignedTrust(decoding: stored.bundle)
    self.init(try TrustBundle(decoding: signed.bundle), signed)
  }

  init(_ signed: SignedTrust) throws {
    self.init(try TrustBundle(decoding: signed.bundle), signed)
  }

  private init(_ bundle: TrustBundle, _ signed: SignedTrust) {
    number = Int64(clamping: bundle.number)
    roots = bundle.roots
    retired = bundle.retired
    lists = bundle.lists
    self.signed = signed
  }

  /// As a ledger keeps it, from a time on in milliseconds since 1970.
  public func stored(at time: Int64) -> StoredTrust {
    StoredTrust(number: number, bundle: signed.encoded(), at: time)
  }

  var message: SignedTrust { signed }

  /// Whether the root that has issued a certificate, one of those that are believed, has signed it.
  ///
  /// Another root that is believed too may be another network's: it says nothing about this one.
  func isSigned(byIssuerOf certificate: [UInt8], among believed: [[UInt8]]) -> Bool {
    believed.contains { root in
      TrustFiles.digest(of: root) == signed.authority
        && TrustFiles.hasIssued(root, certificate)
        && Signatory(certificate: root, authorities: [])?
          .hasSigned(signed.bundle, signed.signature) == true
    }
  }
}
