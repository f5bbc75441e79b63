/// A certificate that the owner of an account shows beside the password (AUTH-4).
///
/// Times are milliseconds since 1970, 0 never.
public struct StoredAccountCertificate: Sendable, Hashable {
  /// SHA-256 of the certificate in DER.
  public var fingerprint: [UInt8]
  /// The account that it is bound to, and no other.
  public var account: String
  /// Its serial number, by which the authority's list names it.
  public var serial: String
  /// Since when it counts here.
  public var bound: Int64
  /// The end of its validity.
  public var expires: Int64
  /// Since when it counts no more.
  public var revoked: Int64 = 0

  /// A certificate that counts.
  public init(
    fingerprint: [UInt8], account: String, serial: String, bound: Int64, expires: Int64
  ) {
    self.fingerprint = fingerprint
    self.account = account
    self.serial = serial
    self.bound = bound
    self.expires = expires
  }

  /// Whether it counts at this time.
  public func counts(at time: Int64) -> Bool { revoked == 0 && time < expires }
}

/// How it lies in its row; its account is joined to it.
private enum AccountCertificateTable {
  static let columns = Columns(
    .accountCertificate,
    readingFrom: StoredAccountCertificate(
      fingerprint: [], account: "", serial: "", bound: 0, expires: 0),
    [
      Column("fingerprint", \.fingerprint), Column("serial", \.serial), Column("bound", \.bound),
      Column("expires", \.expires), Column("revoked", \.revoked),
    ])

  static func certificate(_ row: any EngineRow) throws -> StoredAccountCertificate {
    var certificate = try columns.record(row, at: 1)
    certificate.account = row.text(0)
    return certificate
  }
}

extension Statement {
  static let accountCertificate = Statement(
    "the certificate of a fingerprint",
    """
    SELECT account.name, \(AccountCertificateTable.columns.selected) FROM account_certificate
    JOIN account ON account.number = account_certificate.account
    WHERE account_certificate.fingerprint = ?
    """)
  static let accountCertificates = Statement(
    "the certificates of an account, the newest first",
    """
    SELECT account.name, \(AccountCertificateTable.columns.selected) FROM account
    JOIN account_certificate ON account_certificate.account = account.number
    WHERE account.name = ? ORDER BY account_certificate.bound DESC LIMIT ?
    """)
  static let bindCertificate = Statement(
    "bind a certificate to an account",
    "\(AccountCertificateTable.columns.insert(and: "account")) ON CONFLICT DO NOTHING")
  static let revokeCertificate = Statement(
    "let a certificate count no more",
    "UPDATE account_certificate SET revoked = ? WHERE fingerprint = ? AND revoked = 0")
  static let retireCertificates = Statement(
    "let the certificates before another one count no more",
    """
    UPDATE account_certificate SET revoked = ?1
    WHERE revoked = 0 AND fingerprint <> ?2
      AND account = (SELECT account FROM account_certificate WHERE fingerprint = ?2)
      AND bound <= (SELECT bound FROM account_certificate WHERE fingerprint = ?2)
    """)
}

extension LedgerReader {
  /// The certificate of a fingerprint, whether it counts or not; nil: it was never bound here.
  public func accountCertificate(_ fingerprint: [UInt8]) throws -> StoredAccountCertificate? {
    if fingerprint.isEmpty { return nil }
    return try row(
      .accountCertificate, [.blob(fingerprint)], AccountCertificateTable.certificate)
  }

  /// The certificates that are or were bound to an account, the newest first; at most `limit`.
  public func accountCertificates(
    of account: String, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredAccountCertificate] {
    try rows(
      .accountCertificates, [.text(account), .integer(Self.page(limit))],
      AccountCertificateTable.certificate)
  }
}

extension LedgerTransaction {
  /// Binds a certificate to an account.
  ///
  /// - Throws: ``LedgerFailure/Reason/exists`` where it is bound, or was: what was revoked stays so.
  public func bind(_ certificate: StoredAccountCertificate) throws {
    guard let account = try row(.accountNumber, [.text(certificate.account)], { $0.int64(0) })
    else {
      throw LedgerFailure(
        .unknown, "there is no account \(certificate.account); list the accounts to see them")
    }
    let made = try change(
      .bindCertificate,
      AccountCertificateTable.columns.values(of: certificate, and: .integer(account)))
    guard made == 1 else {
      throw LedgerFailure(.exists, "that certificate is or was bound already; issue another")
    }
  }

  /// Lets a certificate count no more; whether it did.
  @discardableResult
  public func revokeAccountCertificate(_ fingerprint: [UInt8], at time: Int64) throws -> Bool {
    try change(.revokeCertificate, [.integer(time), .blob(fingerprint)]) == 1
  }

  /// A certificate is in use: those that were bound to its account before it count no more; how many
  /// those were.
  public func retireCertificates(before fingerprint: [UInt8], at time: Int64) throws -> Int {
    try change(.retireCertificates, [.integer(time), .blob(fingerprint)])
  }
}
