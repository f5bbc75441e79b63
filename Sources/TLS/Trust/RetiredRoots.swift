import Glibc

/// Roots that are believed no longer, and their last lists, in a file beside the trust roots: what they
/// vouched for was sealed then and stays sealed, and what they had revoked stays revoked.
enum RetiredRoots {
  /// The file beside that of the trust roots; it may not be there.
  static func file(beside trustRoots: String) -> String { "\(trustRoots).retired" }

  /// The roots, which the caller frees.
  static func certificates(beside trustRoots: String) throws(TLSFailure) -> [OpaquePointer] {
    let path = file(beside: trustRoots)
    guard access(path, F_OK) == 0 else { return [] }
    return try PEMFile.certificates(
      try PEMFile.bytes(path, what: "retired roots"), path: path, what: "retired roots")
  }

  /// Their lists, which the caller frees.
  static func lists(beside trustRoots: String) throws(TLSFailure) -> [OpaquePointer] {
    let path = file(beside: trustRoots)
    guard access(path, F_OK) == 0 else { return [] }
    let bytes = try PEMFile.bytes(path, what: "retired roots")
    // A node without lists has kept none.
    guard String(decoding: bytes, as: UTF8.self).contains("BEGIN X509 CRL") else { return [] }
    return try PEMFile.revocationLists(bytes, path: path)
  }
}
