/// The words and signs of a Swift file, without comments and without what stands in strings.
///
/// Code inside an interpolation counts: it names things as any other code does. Regular expression
/// literals are not known here; the tree has none.
struct SwiftTokens {
  private(set) var tokens: [String] = []
  private let text: [Character]
  private var place = 0

  static func of(_ text: String) -> [String] {
    var reader = SwiftTokens(text: Array(text))
    reader.readCode(untilParenthesis: false)
    return reader.tokens
  }

  private init(text: [Character]) {
    self.text = text
  }

  /// Reads to the end, or to the parenthesis that ends an interpolation.
  private mutating func readCode(untilParenthesis: Bool) {
    var open = 0
    while place < text.count {
      let sign = text[place]
      if starts("//") {
        while place < text.count, !text[place].isNewline { place += 1 }
      } else if starts("/*") {
        skipBlockComment()
      } else if sign == "\"" || startsRawString() {
        readString()
      } else if Self.isWord(sign) {
        readWord()
      } else {
        place += 1
        if sign.isWhitespace { continue }
        if sign == "(" { open += 1 }
        if sign == ")" {
          if untilParenthesis, open == 0 { return }
          open -= 1
        }
        tokens.append(String(sign))
      }
    }
  }

  private mutating func readWord() {
    let start = place
    while place < text.count, Self.isWord(text[place]) { place += 1 }
    tokens.append(String(text[start..<place].filter { $0 != "`" }))
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        place += 2
      } else if starts("*/") {
        depth -= 1
        place += 2
      } else {
        place += 1
      }
    } while depth > 0 && place < text.count
  }

  private mutating func readString() {
    var pounds = ""
    while text[place] == "#" {
      pounds.append("#")
      place += 1
    }
    let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
    place += quotes.count
    // A sign that is not code, so that `"a".count` is not read as `.count` of nothing.
    tokens.append("\"")
    while place < text.count, !starts(quotes + pounds) {
      if starts("\\" + pounds + "(") {
        place += 2 + pounds.count
        readCode(untilParenthesis: true)
      } else if starts("\\" + pounds) {
        place += 2 + pounds.count
      } else {
        place += 1
      }
    }
    place += quotes.count + pounds.count
  }

  private func startsRawString() -> Bool {
    guard text[place] == "#" else { return false }
    let afterPounds = text[place...].first { $0 != "#" }
    return afterPounds == "\""
  }

  private func starts(_ wanted: String) -> Bool {
    text[place...].starts(with: wanted)
  }

  private static func isWord(_ sign: Character) -> Bool {
    sign.isLetter || sign.isNumber || sign == "_" || sign == "`" || sign == "$"
  }
}
