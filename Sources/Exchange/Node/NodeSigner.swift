internal import Ledger
package import TLS

/// Signs a node's log by the key of its certificate.
package struct NodeSigner: LogSigner {
  private let key: SigningKey

  package init(key: SigningKey) { self.key = key }

  package var fingerprint: [UInt8] { key.signatory.fingerprint }

  /// Signs nothing at a time at which the certificate is not valid: every neighbour would set it
  /// aside for good, and the operator had been told that it is done.
  package func sign(_ bytes: [UInt8], at time: Int64) throws -> [UInt8] {
    guard key.signatory.validity.contains(time / 1000) else {
      throw LedgerFailure(
        .cannotSign,
        "the clock says a time at which the node's certificate is not valid, so nothing was kept: "
          + "set the clock, or renew the certificate")
    }
    return try key.sign(bytes)
  }
}
