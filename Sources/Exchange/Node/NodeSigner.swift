internal import Ledger
internal import TLS

/// Signs a node's log by the key of its certificate.
struct NodeSigner: LogSigner {
  let key: SigningKey

  var fingerprint: [UInt8] { key.signatory.fingerprint }

  func sign(_ bytes: [UInt8]) throws -> [UInt8] { try key.sign(bytes) }
}
