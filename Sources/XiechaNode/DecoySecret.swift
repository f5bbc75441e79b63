import Credentials
import Foundation
import Ledger

/// The secret from which a node makes false salts for accounts that do not exist, kept in its ledger.
enum DecoySecret {
  static let byteCount = 32

  /// A file beside the ledger, where nodes have kept it until 0.9.
  static func formerPath(besides store: String) -> String { "\(store).decoy" }

  /// The secret of a ledger, made at the first start.
  static func of(_ ledger: Ledger) async throws -> [UInt8] {
    let path = formerPath(besides: ledger.path)
    let former = Ledger.isOnServer(ledger.path) ? nil : FileManager.default.contents(atPath: path)
    // A full disk may have cut it short.
    let whole = former?.count == byteCount ? former : nil
    let fresh = whole.map { Array($0) } ?? RandomBytes.make(byteCount)
    let secret = try await ledger.commit { try $0.decoySecret(otherwise: fresh) }
    if former != nil { try? FileManager.default.removeItem(atPath: path) }
    return secret
  }
}
