/// How the text of a case file is encoded.
public enum CaseFileEncoding: String, Sendable, Hashable, CaseIterable {
  /// UTF-8.
  case utf8 = "UTF-8"
  /// UTF-8 with the byte order mark that spreadsheets write in front.
  case utf8WithMark = "UTF-8 BOM"
  /// GB18030, with its subsets GBK and GB 2312: what Chinese spreadsheets write by default.
  case gb18030 = "GB18030"

  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Judges by the bytes that are not ASCII: UTF-8 if they are well-formed, else GB18030; nil where
  /// all are ASCII, which is the same in both.
  static func judged(by bytes: some Collection<UInt8>) -> CaseFileEncoding? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    return String(validating: bytes, as: UTF8.self) == nil ? .gb18030 : .utf8
  }
}
