/// The limits and fixed choices of the secured connection, each with its reason.
public enum TLSLimits {
  /// A chain is leaf, at most two authorities between, and the root.
  static let chainDepth: Int32 = 4
  /// The longest certificate chain taken from a peer, in bytes: it arrives before anything is
  /// proven.
  ///
  /// A node's own chain is under 2 KiB.
  static let certificateChainBytes = 16 << 10
  /// How long a session can be resumed, in seconds.
  ///
  /// Long enough for a working day's reconnects; revocation and expiry are looked at again on each
  /// resumption.
  static let sessionSeconds = 8 * 3600
  /// Tickets a server hands out after a handshake: each costs a write and 1.2 KiB on the wire, and
  /// a node dials its superior over one connection.
  static let ticketsPerHandshake = 1
  /// Divisions whose session a client keeps: a node dials one superior and a few peers.
  static let cachedSessions = 256
  /// What one read may bring up at once, in bytes; more comes as a second buffer.
  static let plaintextBytes = 64 << 10
  /// What a second write before a flush makes room for at least, in bytes: some twenty requests.
  static let gatheredBytes = 8 << 10
  /// The size of TLS's largest record, in bytes of plaintext.
  static let recordBytes = 16 << 10
  /// What a record adds to its plaintext in TLS 1.3 and 1.2 with an AEAD cipher, in bytes, rounded
  /// up.
  static let recordOverheadBytes = 32
  /// How long a close waits for the peer's own close_notify, in milliseconds: enough for one round
  /// trip across the country, short enough that a dead peer holds nothing.
  static let closeMilliseconds = 2_000
  /// The suites of TLS 1.3.
  ///
  /// AES-128 first: it is the fastest here and as strong as P-256.
  static let suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
  /// The suites of TLS 1.2, where a site allows it: forward secrecy and AEAD only.
  static let suites12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
    + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
    + ":ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
  /// The groups of the key exchange.
  static let groups = "X25519:P-256"
  /// The signatures taken; P-256 is what ``CertificateAuthority`` makes.
  static let signatures =
    "ECDSA+SHA256:ECDSA+SHA384:ed25519:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512"
}
