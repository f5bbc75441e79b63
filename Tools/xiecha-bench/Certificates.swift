import Foundation
import TLS
import TestTLS

/// Throw-away certificates for a run.
struct Certificates {
  static let division = "440306"
  let directory: String

  static func create() throws -> Certificates {
    let directory = NSTemporaryDirectory() + "xiecha-bench-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    _ = try TestCertificates.create(in: directory, for: [division])
    return Certificates(directory: directory)
  }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  func server() throws -> TLSContext {
    try TestCertificates(in: directory).server(Certificates.division)
  }

  func client() throws -> TLSContext {
    try TestCertificates(in: directory).client(Certificates.division)
  }
}
