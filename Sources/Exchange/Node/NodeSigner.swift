internal import Ledger
package import TLS

/// Signs a node's log by the key of its certificate.
package struct NodeSigner: LogSigner {
  private let key: SigningKey

  package init(key: SigningKey) { self.key = key }

  package var fingerprint: [UInt8] { key.signatory.fingerprint }

  package func sign(_ bytes: [UInt8]) throws -> [UInt8] { try key.sign(bytes) }
}
