internal import Credentials
internal import Ledger
internal import RPC
internal import TLS

/// Who wants to sign in, as the ledger knows them.
struct SigningIn: Sendable {
  /// The account.
  let account: StoredAccount
  /// The session that stands for it; nil: a password is to be proven.
  let session: StoredSession?
  /// A node's row in the register; nil: a person, or a node that is not registered.
  let node: RegisteredNode?
  /// Whether a certificate was shown that counts for this account (AUTH-4).
  let showsCertificate: Bool
  /// Where failures are counted: at the address, or for who shows the account's certificate, there
  /// alone.
  let place: String

  init(
    _ account: StoredAccount, _ session: StoredSession?, _ peer: SignInPeer,
    in ledger: LedgerReader, at now: Int64
  ) throws {
    self.account = account
    self.session = session
    let isNode = Role(rawValue: account.role)?.isNode == true
    node = isNode && session == nil ? try ledger.node(account.division) : nil
    let shown = try ledger.accountCertificate(peer.certificate?.fingerprint ?? [])
    showsCertificate = shown?.account == account.name && shown?.counts(at: now) == true
    place = showsCertificate ? "certificate" : peer.address
  }
}

extension StoredSession {
  /// Whether a program that knows its secret is let in, or told why it is not.
  func mayBeTold(at now: Int64, under limits: SessionLimits) -> Bool {
    isOpen(at: now, under: limits)
      || now < end(under: limits) && (isDisplaced || revoked == 0)
  }
}
