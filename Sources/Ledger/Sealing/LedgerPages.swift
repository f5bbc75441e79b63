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
    var pages = bytes
    for start in stride(from: 0, to: bytes.count, by: Self.pageBytes) {
      let number = Self.number(offset, start)
      let opened = pages.withUnsafeMutableBufferPointer { pages in
        pages.count - start >= Self.pageBytes
          && page_sealer_open(
            sealer, Int32(PAGE_SEAL_IN_DATABASE), number, pages.baseAddress?.advanced(by: start))
            == 1
      }
      guard opened else {
        throw LedgerFailure(
          .corrupt, "page \(number) of the sealed ledger does not open; restore the last backup")
      }
    }
    return pages
  }

  /// Seals whole pages of a file, which must leave the seal its place free.
  public func seal(_ bytes: [UInt8], at offset: UInt64) throws(LedgerFailure) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: bytes.count)
    for start in stride(from: 0, to: bytes.count, by: Self.pageBytes) {
      let number = Self.number(offset, start)
      let done = bytes.withUnsafeBufferPointer { bytes in
        sealed.withUnsafeMutableBufferPointer { sealed in
          bytes.count - start >= Self.pageBytes
            && page_sealer_seal(
              sealer, Int32(PAGE_SEAL_IN_DATABASE), number,
              bytes.baseAddress?.advanced(by: start), sealed.baseAddress?.advanced(by: start))
              == 1
        }
      }
      guard done else {
        throw LedgerFailure(
          .sealed,
          "page \(number) cannot be sealed: the ledger was not made to be sealed; restore it unsealed, "
            + "then xiecha-admin store seal")
      }
    }
    return sealed
  }

  private static func number(_ offset: UInt64, _ start: Int) -> UInt32 {
    UInt32((offset + UInt64(start)) / UInt64(Self.pageBytes)) + 1
  }
}
