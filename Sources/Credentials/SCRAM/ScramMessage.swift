/// The parts of SCRAM messages (RFC 5802 section 7): attributes `x=value`, separated by commas.
enum ScramMessage {
  /// The longest message taken, in bytes: name, nonces and proof are far below.
  static let longestBytes = 1_024
  /// Lengths of one side's nonce, in characters.
  ///
  /// Ours has 24: 18 random bytes in Base64.
  static let nonceBounds = 16...256
  /// Random bytes in a nonce.
  static let nonceBytes = 18

  typealias Attribute = (name: UInt8, value: ArraySlice<UInt8>)

  /// Splits a message into its attributes.
  static func attributes(_ message: ArraySlice<UInt8>) throws(ScramFailure) -> [Attribute] {
    guard message.count <= longestBytes else {
      throw ScramFailure(.malformed, "a message of \(message.count) bytes; 1024 are the most")
    }
    var attributes: [Attribute] = []
    for part in message.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let name = part.first, isLetter(name), part.dropFirst().first == UInt8(ascii: "=")
      else { throw ScramFailure(.malformed, "an attribute that is not of the form x=value") }
      attributes.append((name, part.dropFirst(2)))
    }
    return attributes
  }

  /// The value of the attribute at a place, which must have this name.
  static func value(
    _ attributes: [Attribute], at index: Int, _ name: Unicode.Scalar
  ) throws(ScramFailure) -> ArraySlice<UInt8> {
    guard index < attributes.count, attributes[index].name == UInt8(ascii: name),
      !attributes[index].value.isEmpty
    else {
      throw ScramFailure(.malformed, "attribute \(name)= is missing, empty or not in its place")
    }
    return attributes[index].value
  }

  /// Printable ASCII without comma.
  static func isNonce(_ text: some Collection<UInt8>) -> Bool {
    text.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ",") }
  }

  static func newNonce() -> [UInt8] {
    Base64.encode(RandomBytes.make(nonceBytes))
  }

  static func joined(_ parts: [[UInt8]]) -> [UInt8] {
    Array(parts.joined(separator: [UInt8(ascii: ",")]))
  }

  static func attribute(_ name: Unicode.Scalar, _ value: some Sequence<UInt8>) -> [UInt8] {
    [UInt8(ascii: name), UInt8(ascii: "=")] + value
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// How a sign-in is bound to its channel: the GS2 header and the data that the client must know.
struct ScramBinding: Sendable, Hashable {
  /// What the client's first message begins with, commas and all.
  var header: [UInt8]
  /// The channel's own bytes.
  var data: [UInt8]

  /// `tls-exporter` (RFC 9266), the only binding that is used.
  static func tlsExporter(_ data: [UInt8]) -> ScramBinding {
    ScramBinding(header: Array("p=tls-exporter,,".utf8), data: data)
  }

  /// No binding, for the published vectors alone.
  static let none = ScramBinding(header: Array("n,,".utf8), data: [])

  /// The value of the attribute `c`.
  var input: [UInt8] { Base64.encode(header + data) }
}
