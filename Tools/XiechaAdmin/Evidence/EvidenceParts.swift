import Credentials
import Foundation
import Ledger

extension StoredSignatory {
  /// Its certificate in PEM.
  var pem: [UInt8] { StoredSignatory.pem([certificate]) }

  /// The authorities above it in PEM.
  var authoritiesPEM: [UInt8] { StoredSignatory.pem(authorities) }

  private static func pem(_ certificates: [[UInt8]]) -> [UInt8] {
    certificates.flatMap { certificate in
      let text = Data(certificate).base64EncodedString(
        options: [.lineLength64Characters, .endLineWithLineFeed])
      return Array(
        "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n".utf8)
    }
  }
}

extension TarFile {
  /// Adds the hashes that lead from an entry to a root, each in a file that says on which side it
  /// stands, in the order of their names.
  mutating func add(_ path: [(side: HashTree.Side, hash: [UInt8])], in folder: String) {
    for (step, part) in path.enumerated() {
      add("\(folder)/\(step < 10 ? "0" : "")\(step).\(part.side)", part.hash)
    }
  }
}
