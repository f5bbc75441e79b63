/// Somebody whose seals this node can check: the certificate was found to be of the network.
public struct StoredSignatory: Hashable, Sendable {
  /// SHA-256 of the certificate.
  public var fingerprint: [UInt8]
  /// The division whose node it is.
  public var division: String
  /// The certificate, in DER.
  public var certificate: [UInt8]
  /// The authorities between it and the root, in DER.
  public var authorities: [[UInt8]]
  /// When it came: milliseconds since 1970.
  public var since: Int64

  /// A signatory.
  public init(
    fingerprint: [UInt8], division: String, certificate: [UInt8], authorities: [[UInt8]],
    since: Int64
  ) {
    self.fingerprint = fingerprint
    self.division = division
    self.certificate = certificate
    self.authorities = authorities
    self.since = since
  }
}

private enum SignatoryTable {
  static let columns = Columns(
    .signatory,
    readingFrom: StoredSignatory(
      fingerprint: [], division: "", certificate: [], authorities: [], since: 0),
    [
      Column("fingerprint", \.fingerprint), Column("division", \.division),
      Column("certificate", \.certificate),
      Column(
        "authorities", \.authorities, store: { .blob(SignatoryTable.joined($0)) },
        load: { SignatoryTable.parts(of: $0.blob($1)) }),
      Column("since", \.since),
    ])

  /// Certificates one behind the other, each after its length in 4 bytes.
  static func joined(_ parts: [[UInt8]]) -> [UInt8] {
    parts.reduce(into: []) { bytes, part in
      bytes.append(bigEndian: UInt32(clamping: part.count))
      bytes += part
    }
  }

  static func parts(of bytes: [UInt8]) -> [[UInt8]]? {
    var parts: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 4 + count else { return nil }
      parts.append(Array(rest.dropFirst(4).prefix(count)))
      rest = rest.dropFirst(4 + count)
    }
    return parts
  }
}

extension Statement {
  static let signatory = Statement(
    "a signatory", "SELECT \(SignatoryTable.columns.selected) FROM signatory WHERE fingerprint = ?")
  static let keepSignatory = Statement(
    "keep a signatory",
    "\(SignatoryTable.columns.insert()) ON CONFLICT (fingerprint) DO NOTHING")
}

extension LedgerReader {
  /// Who signs by a certificate with this fingerprint; nil where it is not known here.
  public func signatory(_ fingerprint: [UInt8]) throws -> StoredSignatory? {
    try row(.signatory, [.blob(fingerprint)]) { try SignatoryTable.columns.record($0) }
  }
}

extension LedgerTransaction {
  /// Keeps a signatory: once known, what it has signed can be proven for ever.
  public func keep(_ signatory: StoredSignatory) throws {
    try put(.keepSignatory, SignatoryTable.columns.values(of: signatory))
  }
}
