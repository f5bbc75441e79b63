internal import CPageSeal
internal import Credentials

/// The keys of a sealed ledger, as the layer under the engine uses them: read from the file beside it, and again when
/// a page names one that another process has added since.
///
/// Freed when the last file of the ledger is closed; its keys are wiped then.
final class SealRing: Sendable {
  /// What the layer asks.
  private final class Source: Sendable {
    let ledger: String
    let keyFile: String?

    init(_ ledger: String, _ keyFile: String?) {
      self.ledger = ledger
      self.keyFile = keyFile
    }

    func fill(_ ring: OpaquePointer?) throws(LedgerFailure) {
      guard let keys = try DataKeys(beside: ledger) else { return }
      let storeKeys = try keys.storeKeys(at: keyFile)
      for entry in keys.entries {
        page_seal_ring_add(ring, entry.number, try keys.key(entry, by: storeKeys))
      }
    }
  }

  private nonisolated(unsafe) let ring: OpaquePointer
  private let source: Source

  /// The keys beside a ledger, which is sealed.
  ///
  /// - `keyFile`: where the store's key is, when not where the ledger's keys say.
  init(of ledger: String, keyFile: String?) throws(LedgerFailure) {
    source = Source(ledger, keyFile)
    guard
      let ring = page_seal_ring_make(
        { context, ring, _ in
          guard let context else { return }
          // A file that cannot be read now leaves the ring as it is: the page does not open.
          try? Unmanaged<Source>.fromOpaque(context).takeUnretainedValue().fill(ring)
        }, Unmanaged.passRetained(source).toOpaque(),
        { context in
          if let context { Unmanaged<Source>.fromOpaque(context).release() }
        })
    else { fatalError("there is no memory for the keys of a ledger") }
    self.ring = ring
    try source.fill(ring)
  }

  deinit { page_seal_ring_release(ring) }

  /// Adds a key where the one that seals was made in an earlier month; whether it did.
  ///
  /// It is wrapped by the store's key that wraps the others: a process that still has the key of before
  /// a rotation would wrap it with one that is about to go.
  func renew(on day: String) throws(LedgerFailure) -> Bool {
    let isNew = try DataKeys.alone(at: source.ledger) { () throws(LedgerFailure) in
      guard var keys = try DataKeys(beside: source.ledger), let newest = keys.entries.last,
        newest.made.prefix(7) < day.prefix(7)
      else { return false }
      let storeKeys = try keys.storeKeys(at: source.keyFile)
      guard keys.entries.allSatisfy({ $0.wrappedBy == storeKeys.inUse.identity }) else {
        throw LedgerFailure(
          .sealed,
          "this month's key of the ledger \(source.ledger) waits: the store's key was rotated since the "
            + "node started; start it again")
      }
      keys.add(on: day, by: storeKeys.inUse)
      try keys.write()
      return true
    }
    if isNew { try source.fill(ring) }
    return isNew
  }

  /// Whoever seals and opens pages one after the other.
  func makeSealer() -> OpaquePointer? { page_sealer_make(ring) }

  /// Seals the database at a path, on every connection that is opened from now on.
  func attach(to path: String) throws(LedgerFailure) {
    let code = page_seal_attach(path, ring)
    guard code == 0 else {
      throw LedgerFailure(
        .sealed, "the ledger \(path) cannot be opened sealed (code \(code))")
    }
  }

  /// Ends that; connections that are open go on.
  func detach(from path: String) { page_seal_detach(path, ring) }
}
