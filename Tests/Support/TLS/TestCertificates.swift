internal import Foundation
public import TLS

/// A folder with an authority and the certificates of nodes, valid from now on.
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
    _ = try CertificateAuthority.create(in: directory, now: TestCertificates.now)
    for division in divisions { try certificates.issue(division) }
    return certificates
  }

  /// Makes the certificate of one more division.
  @discardableResult
  public func issue(_ division: String) throws -> CertificateAuthority.Issued {
    try CertificateAuthority(directory: directory)
      .issueNode(division: division, in: directory, now: TestCertificates.now)
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

  /// Certificates are checked against the machine's time, in seconds since 1970.
  private static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}
