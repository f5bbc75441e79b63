public import TLS

/// A folder with an authority and the certificates of nodes, valid at all times.
public struct TestCertificates: Sendable {
  /// Where the files are, each under its division's code.
  public let directory: String

  /// The certificates that lie in a folder already, perhaps made by another process.
  public init(in directory: String) { self.directory = directory }

  /// Makes an authority in an existing folder, and a certificate for each division.
  public static func create(
    in directory: String, for divisions: [String] = []
  ) throws -> TestCertificates {
    let certificates = TestCertificates(in: directory)
    _ = try CertificateAuthority.create(in: directory, now: validFrom, days: days)
    for division in divisions { try certificates.issue(division) }
    return certificates
  }

  /// Makes the certificate of one more division.
  @discardableResult
  public func issue(_ division: String) throws -> CertificateAuthority.Issued {
    try CertificateAuthority(directory: directory)
      .issueNode(
        division: division, in: directory, now: TestCertificates.validFrom,
        days: TestCertificates.days)
  }

  /// Makes a certificate for the owner of an account, in the place of the one before.
  @discardableResult
  public func issuePerson(_ account: String) throws -> CertificateAuthority.Issued {
    try CertificateAuthority(directory: directory)
      .issuePerson(
        account: account, in: directory, now: TestCertificates.validFrom,
        days: TestCertificates.days, overwrite: true)
  }

  /// What clients trust.
  public var trustRootsFile: String { "\(directory)/authority.pem" }

  /// What a node of this division needs; without a division, what an operator needs.
  public func configuration(of division: String?) -> TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: division.map { "\(directory)/\($0).pem" },
      privateKeyFile: division.map { "\(directory)/\($0).key" }, trustRootsFile: trustRootsFile)
  }

  /// The side of a node that others call.
  public func server(_ division: String) throws -> TLSContext {
    try TLSContext(server: configuration(of: division))
  }

  /// The side of who calls: a node, or without a division an operator.
  public func client(_ division: String? = nil) throws -> TLSContext {
    try TLSContext(client: configuration(of: division))
  }

  /// From 2000 on for a hundred years: TLS goes by the machine's clock, seals by the test's.
  public static let validFrom: Int64 = 946_684_800
  /// For so many days.
  public static let days = 36_500
}
