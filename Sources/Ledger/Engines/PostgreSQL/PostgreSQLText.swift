/// The text of a statement, as PostgreSQL reads it.
///
/// The two engines' SQL differs in little: how a value's place and a blob are written. All else of the
/// ledger's statements stands in the subset that both know.
enum PostgreSQLText {
  /// `?` becomes `$1`, `$2`, …, each a number behind the highest before it; `?1` becomes `$1`;
  /// `x'00'` the blob of this engine.
  static func of(_ text: String) -> String {
    var rendered = ""
    rendered.reserveCapacity(text.utf8.count + 32)
    var highest = 0
    var isQuoted = false
    var rest = Substring(text)
    while let character = rest.first {
      if !isQuoted, character == "x", let blob = rest.prefixMatch(of: /x'([0-9a-f]*)'/) {
        rendered += "'\\x\(blob.1)'::bytea"
        rest = rest[blob.range.upperBound...]
        continue
      }
      rest = rest.dropFirst()
      if character == "'" { isQuoted.toggle() }
      guard character == "?", !isQuoted else {
        rendered.append(character)
        continue
      }
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let number = Int(digits) ?? highest + 1
      highest = max(highest, number)
      rendered += "$\(number)"
    }
    return rendered
  }
}
