import Foundation

/// Certificates as files have them (RFC 7468).
enum PEMText {
  /// A certificate of its DER.
  static func certificate(_ bytes: [UInt8]) -> String {
    let lines = Data(bytes).base64EncodedString(
      options: [.lineLength64Characters, .endLineWithLineFeed])
    return "-----BEGIN CERTIFICATE-----\n\(lines)\n-----END CERTIFICATE-----\n"
  }
}
