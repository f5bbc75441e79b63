/// Makes numbers of synthetic people, by the standard's own words and apart from the code under
/// test: the weighted sum with the check digit is 1 modulo 11.
enum NumberMaker {
  static func number(region: String, born: String, sequence: String) -> String {
    let first = region + born + sequence
    for last in "0123456789X" {
      var remainder = 0
      for character in first + String(last) {
        remainder = (remainder * 2 + (character == "X" ? 10 : character.wholeNumberValue ?? 0)) % 11
      }
      if remainder == 1 { return first + String(last) }
    }
    return first
  }
}
