internal import CPageSeal
internal import Glibc

/// What a sealed ledger's file begins with.
enum SealedWord {
  /// Whether the file at a path is sealed; nil: there is none, or it is empty.
  static func stands(in path: String) -> Bool? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let count = Int(PAGE_SEAL_WORD_BYTES)
    var beginning = [UInt8](repeating: 0, count: count)
    guard read(descriptor, &beginning, count) > 0 else { return nil }
    return withUnsafeBytes(of: page_seal_word) { $0.elementsEqual(beginning) }
  }
}
