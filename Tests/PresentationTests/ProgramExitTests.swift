import ExchangeRules
import Presentation
import Testing

@Suite("How programs end")
struct ProgramExitTests {
  @Test("Each code has a meaning of its own in both languages, and help names all of them")
  func help() {
    let all = ProgramExit.allCases
    #expect(Set(all.map(\.rawValue)).count == all.count)
    #expect(Set(all.map(\.meaning)).count == all.count)
    for exit in all {
      #expect(
        ProgramExit.help.contains(
          "\(exit.rawValue) \(exit.meaning.chinese) \(exit.meaning.english)"))
    }
  }

  @Test("An error that explains nothing is the program's own fault")
  func unexplained() {
    struct Surprise: Error {}
    #expect(ProgramFailure(Surprise()).exit == .failure)
  }
}
