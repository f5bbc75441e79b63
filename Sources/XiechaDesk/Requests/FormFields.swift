import Foundation

/// The fields of a form or of an address's query, as `application/x-www-form-urlencoded` writes them.
struct FormFields: Sendable, Equatable {
  /// Name and value of each, in the order of the form.
  let pairs: [(name: String, value: String)]

  /// Reads them; nil where there are too many, or what was written is no text.
  init?(encoded text: some StringProtocol) {
    var pairs: [(name: String, value: String)] = []
    for part in text.split(separator: "&") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pairs.count < DeskLimits.formFields, let name = FormFields.decoded(halves[0]),
        let value = halves.count == 1 ? "" : FormFields.decoded(halves[1])
      else { return nil }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Fields as they are known already.
  init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

  /// The first value of a name, without blanks around it; empty where there is none.
  subscript(name: String) -> String {
    (pairs.first { $0.name == name }?.value ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// All values of a name.
  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  /// Whether the form has a field of a name.
  func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

  /// The fields without those of some names.
  func without(_ names: Set<String>) -> FormFields {
    FormFields(pairs.filter { !names.contains($0.name) })
  }

  /// The fields with one set anew, or left out where its value is empty.
  func with(_ name: String, _ value: String) -> FormFields {
    FormFields(without([name]).pairs + (value.isEmpty ? [] : [(name, value)]))
  }

  /// As they travel.
  var encoded: String {
    pairs.map { "\(FormFields.encoded($0.name))=\(FormFields.encoded($0.value))" }
      .joined(separator: "&")
  }

  static func == (left: FormFields, right: FormFields) -> Bool {
    left.pairs.elementsEqual(right.pairs) { $0 == $1 }
  }

  private static func decoded(_ text: some StringProtocol) -> String? {
    text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
  }

  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }
}
