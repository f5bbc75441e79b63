internal import Credentials

extension Ledger {
  /// Puts a new store key in the place of the one that wraps a sealed ledger's keys; no page is written.
  ///
  /// The new key stands beside the old one in the file, then wraps the ledger's keys, then the old one
  /// goes. Killed in between it is done by doing it again. A node that runs meanwhile has its keys
  /// already.
  ///
  /// - Parameters:
  ///   - path: The ledger.
  ///   - day: Today, such as `2026-12-01`.
  /// - Returns: how it stands now.
  /// - Throws: ``LedgerFailure/Reason/sealed``: why not; the old key opens it then as before.
  public static func rotateStoreKey(
    of path: String, on day: String
  ) throws(LedgerFailure) -> SealStanding {
    try change(keysOf: path) { (keys) throws(LedgerFailure) in
      var storeKeys = try keys.storeKeys(at: nil)
      let isUnderWay = storeKeys.keys.count > 1
      if !isUnderWay {
        storeKeys.rotate(on: day)
        try write(storeKeys, to: keys.keyFile)
      }
      try keys.rewrap(by: storeKeys, at: keys.keyFile)
      try keys.write()
      storeKeys.retireOthers()
      try write(storeKeys, to: keys.keyFile)
    }
  }

  /// Notes that the store's key lies in another file now.
  ///
  /// - Throws: that the file does not have the key that wraps the ledger's keys.
  public static func moveStoreKey(
    of path: String, to keyFile: String
  ) throws(LedgerFailure) -> SealStanding {
    try change(keysOf: path) { (keys) throws(LedgerFailure) in
      try keys.rewrap(by: keys.storeKeys(at: keyFile), at: keyFile)
      try keys.write()
    }
  }

  /// Changes the keys of a sealed ledger while nobody else does; how it is sealed then.
  private static func change(
    keysOf path: String, _ work: (inout DataKeys) throws(LedgerFailure) -> Void
  ) throws(LedgerFailure) -> SealStanding {
    let notSealed = LedgerFailure(
      .sealed, "the ledger \(path) is not sealed; xiecha-admin store seal does it")
    // Looked at before too: beside what is not sealed no file is made to lock.
    guard try DataKeys(beside: path) != nil else { throw notSealed }
    return try DataKeys.alone(at: path) { () throws(LedgerFailure) in
      guard var keys = try DataKeys(beside: path) else { throw notSealed }
      try work(&keys)
      return SealStanding(keys)
    }
  }

  private static func write(
    _ keys: SecretKeyFile, to path: String
  ) throws(LedgerFailure) {
    do throws(SecretKeyFailure) {
      try keys.write(to: path, overwrite: true)
    } catch {
      throw LedgerFailure(.sealed, "\(error)")
    }
  }
}
