import Testing

@Suite("The words of the field have one owner")
struct RulesWordTests {
  @Test("Protos number and spell each word as the rules do", arguments: RulesWord.all)
  func sameWords(word: RulesWord) {
    #expect(word.onTheWire == word.inTheRules)
  }
}
