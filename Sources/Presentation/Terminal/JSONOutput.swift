import Foundation

/// Writes values for programs (`--json`): keys sorted, UTF-8, one value a line.
public enum JSONOutput {
  /// A value as JSON, without a line end.
  public static func text(of value: some Encodable, pretty: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
