internal import Foundation

extension LedgerTransaction {
  /// The secret from which false salts are made for accounts that do not exist.
  ///
  /// A salt that changes with a restart would tell that the account is none: so it is kept.
  ///
  /// - Parameter fresh: What it is where there is none yet.
  /// - Returns: The secret.
  /// - Throws: What is wrong with the ledger.
  public func decoySecret(otherwise fresh: [UInt8]) throws -> [UInt8] {
    if let kept = try value(of: .decoySecret).flatMap({ Data(base64Encoded: $0) }) {
      return Array(kept)
    }
    try keep(.decoySecret, Data(fresh).base64EncodedString())
    return fresh
  }
}
