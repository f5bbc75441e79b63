import Foundation
import TLS

/// Throw-away certificates for a run.
struct Certificates {
  static let division = "440306"
  let directory: String

  static func create() throws -> Certificates {
    let directory = NSTemporaryDirectory() + "xiecha-bench-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let now = Int64(Date().timeIntervalSince1970)
    let authority = try CertificateAuthority.create(in: directory, now: now)
    _ = try authority.issueNode(division: division, in: directory, now: now)
    return Certificates(directory: directory)
  }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  private var configuration: TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: "\(directory)/\(Certificates.division).pem",
      privateKeyFile: "\(directory)/\(Certificates.division).key",
      trustRootsFile: "\(directory)/authority.pem")
  }

  func server() throws -> TLSContext { try TLSContext(server: configuration) }
  func client() throws -> TLSContext { try TLSContext(client: configuration) }
}
