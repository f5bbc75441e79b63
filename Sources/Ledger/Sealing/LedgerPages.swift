internal import CPageSeal

/// The pages of a sealed ledger's file as bytes, outside the engine: in clear for a backup, which is encrypted
/// in its own way, and sealed again where one is put back.
public final class LedgerPages {
  private let sealer: OpaquePointer?
  private static let pageBytes = Int(PAGE_SEAL_PAGE_BYTES)

  /// The pages of the ledger at a path; nil: it is not sealed, its bytes are its pages.
  public convenience init?(of ledger: String, keyFile: String? = nil) throws(LedgerFailure) {
    guard try DataKeys(beside: ledger) != nil else { return nil }
    self.init(try SealRing(of: ledger, keyFile: keyFile))
  }

  init(_ ring: SealRing) { sealer = ring.makeSealer() }

  deinit { page_sealer_free(sealer) }

  /// Opens whole pages of the file.
  ///
  /// - Parameters:
  ///   - bytes: The pages as they lie in the file.
  ///   - offset: Where the first begins, in bytes.
  /// - Returns: The pages in clear.
  /// - Throws: that one of them does not open.
  public func open(_ bytes: [UInt8], at offset: UInt64) throws(LedgerFailure) -> [UInt8] {
    try forEachPage(of: bytes, at: offset, page_sealer_open) { number in
      LedgerFailure(
        .corrupt, "page \(number) of the sealed ledger does not open; restore the last backup")
    }
  }

  /// Seals whole pages of a file, which must leave the seal its place free.
  public func seal(_ bytes: [UInt8], at offset: UInt64) throws(LedgerFailure) -> [UInt8] {
    func sealInPlace(
      _ sealer: OpaquePointer?, place: Int32, number: UInt32, _ page: UnsafeMutablePointer<UInt8>?
    ) -> Int32 {
      page_sealer_seal(sealer, place, number, page, page)
    }
    return try forEachPage(of: bytes, at: offset, sealInPlace) { number in
      LedgerFailure(
        .sealed,
        "page \(number) cannot be sealed: the ledger was not made to be sealed; restore it unsealed, "
          + "then xiecha-admin store seal")
    }
  }

  /// The pages after something was done to each where it lies; the first that it could not be done to
  /// ends it with `failure`.
  private func forEachPage(
    of bytes: [UInt8], at offset: UInt64,
    _ work: (OpaquePointer?, Int32, UInt32, UnsafeMutablePointer<UInt8>?) -> Int32,
    failure: (_ number: UInt32) -> LedgerFailure
  ) throws(LedgerFailure) -> [UInt8] {
    var pages = bytes
    for start in stride(from: 0, to: bytes.count, by: Self.pageBytes) {
      let number = UInt32((offset + UInt64(start)) / UInt64(Self.pageBytes)) + 1
      let isDone = pages.withUnsafeMutableBufferPointer { pages in
        pages.count - start >= Self.pageBytes
          && work(
            sealer, Int32(PAGE_SEAL_IN_DATABASE), number, pages.baseAddress?.advanced(by: start))
            == 1
      }
      guard isDone else { throw failure(number) }
    }
    return pages
  }
}
