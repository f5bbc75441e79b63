import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program
import TLS

/// A certificate of an account as programs see it, and how one comes to count.
struct BoundCertificate: Encodable {
  var account: String
  var serial: String
  var fingerprint: String
  var state: String
  var bound: String
  var expires: String
  /// Until its end; 0: it counts no more.
  var daysLeft: Int64

  init(_ certificate: StoredAccountCertificate, at now: Int64) {
    account = certificate.account
    serial = certificate.serial
    fingerprint = Hexadecimal.text(certificate.fingerprint)
    state =
      certificate.revoked != 0 ? "revoked" : certificate.counts(at: now) ? "in force" : "ended"
    bound = TimeText.text(certificate.bound)
    expires = TimeText.text(certificate.expires)
    daysLeft = certificate.counts(at: now) ? (certificate.expires - now) / 86_400_000 : 0
  }

  var stateInChinese: String {
    switch state {
    case "revoked": "已吊销"
    case "ended": "已到期"
    default: "有效"
    }
  }

  /// Sees that a certificate is a person's, of that name: a node's would open a person's account to
  /// whoever keeps the node.
  static func check(_ identity: PeerIdentity, isOf name: String) throws(ProgramFailure) {
    guard identity.account == name else {
      let other = identity.account ?? identity.division ?? "-"
      throw ProgramFailure(
        .badInput, "certificate", chinese: "证书是 \(other) 的，不是账号 \(name) 的",
        english: "--certificate: it is of \(other), not of the account \(name)")
    }
  }

  /// Sees that there is an account of a person, before anything is made for it.
  static func checkAccount(_ name: String, in store: StoreOptions) async throws {
    let account = try await store.open { ledger in
      try await ledger.read { try $0.account(name) }
    }
    guard let account, Role(rawValue: account.role)?.isNode == false else {
      throw LedgerFailure(
        .unknown, "there is no account \(name) of a person; list the accounts to see them")
    }
  }

  /// Lets a certificate count for its account, with its trace.
  static func bind(
    _ identity: PeerIdentity, to name: String, in store: StoreOptions
  ) async throws {
    try check(identity, isOf: name)
    let now = SystemClock.milliseconds
    try await store.open { ledger in
      try await ledger.commit { ledger in
        try ledger.bind(
          StoredAccountCertificate(
            fingerprint: identity.fingerprint, account: name, serial: identity.serial, bound: now,
            expires: identity.expires * 1000))
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: Administrator.actor(in: ledger, as: .securityAdministrator),
            action: "operator-certificate-bind", purpose: "\(name) \(identity.serial)"))
      }
    }
  }
}
