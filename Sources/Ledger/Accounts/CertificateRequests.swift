/// A node below asks for a certificate for a new key.
public struct StoredRequest: Sendable, Hashable {
  /// The division of the node.
  public var division: String
  /// PKCS #10, in DER.
  public var request: [UInt8]
  /// The certificate that the node has asked with, in DER: the new one is to be like it.
  public var certificate: [UInt8]
  /// When it asked: milliseconds since 1970.
  public var asked: Int64
  /// What the authority has issued, in DER; empty: nothing yet.
  public var issued: [UInt8] = []

  /// A request that was not answered yet.
  public init(division: String, request: [UInt8], certificate: [UInt8], asked: Int64) {
    self.division = division
    self.request = request
    self.certificate = certificate
    self.asked = asked
  }
}

/// How it lies in its row.
private enum RequestTable {
  static let columns = Columns(
    .certificateRequest,
    readingFrom: StoredRequest(division: "", request: [], certificate: [], asked: 0),
    [
      Column("division", \.division), Column("request", \.request),
      Column("certificate", \.certificate), Column("asked", \.asked), Column("issued", \.issued),
    ])

  static func request(_ row: any EngineRow) throws -> StoredRequest { try columns.record(row) }
}

extension Statement {
  static let certificateRequest = Statement(
    "the request of a node",
    "SELECT \(RequestTable.columns.selected) FROM certificate_request WHERE division = ?")
  static let certificateRequests = Statement(
    "the requests behind a division",
    """
    SELECT \(RequestTable.columns.selected) FROM certificate_request WHERE division > ?
    ORDER BY division LIMIT ?
    """)
  static let keepCertificateRequest = Statement(
    "keep the request of a node in the place of its last",
    """
    \(RequestTable.columns.insert())
    ON CONFLICT (division) DO UPDATE SET request = excluded.request,
      certificate = excluded.certificate, asked = excluded.asked, issued = excluded.issued
    """)
  static let answerRequest = Statement(
    "keep what was issued for a request",
    "UPDATE certificate_request SET issued = ? WHERE division = ? AND request = ?")
  static let removeRequest = Statement(
    "forget the request of a node", "DELETE FROM certificate_request WHERE division = ?")
}

extension LedgerReader {
  /// The request of the node of a division, answered or not; nil: none.
  public func certificateRequest(of division: String) throws -> StoredRequest? {
    try row(.certificateRequest, [.text(division)], RequestTable.request)
  }

  /// The requests, by division; at most `limit` after `division`.
  public func certificateRequests(
    after division: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredRequest] {
    try rows(
      .certificateRequests, [.text(division), .integer(Self.page(limit))], RequestTable.request)
  }
}

extension LedgerTransaction {
  /// Keeps a request in the place of the one that the node has made before.
  public func keep(_ request: StoredRequest) throws {
    try put(.keepCertificateRequest, RequestTable.columns.values(of: request))
  }

  /// Keeps the certificate that was issued for a request.
  ///
  /// - Returns: false where the node has made another request since.
  public func answer(_ request: StoredRequest, with certificate: [UInt8]) throws -> Bool {
    try change(
      .answerRequest, [.blob(certificate), .text(request.division), .blob(request.request)]) == 1
  }

  /// Forgets the request of the node of a division; there may be none.
  public func removeCertificateRequest(of division: String) throws {
    try put(.removeRequest, [.text(division)])
  }
}
