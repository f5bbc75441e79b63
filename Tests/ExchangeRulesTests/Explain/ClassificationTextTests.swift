import ExchangeRules
import Explain
import Testing

@Suite("xiecha explain tells why somebody is a key subject (S1)")
struct ClassificationTextTests {
  static let cases: [(SubjectFacts, [String])] = [
    (
      SubjectFacts(
        birthDate: CivilDate("1985-06-15"), currentlyPregnant: true,
        lastBirth: CivilDate("2009-01-02"),
        certificate: .nonConforming, contraception: .other),
      [
        "S1.1：2009-06-20年满15至49周岁，属于对象",
        "S1.2：重点对象：现孕；当年生育；未持有《流动人口婚育证明》或证明不规范；未采取长效避孕措施",
      ]
    ),
    (
      SubjectFacts(birthDate: nil, certificate: .valid, contraception: .longActing),
      ["S1.2：非重点对象"]
    ),
    (
      SubjectFacts(birthDate: nil, certificate: .valid),
      ["S1.2：非重点对象", "S1.2：情况不详、未能判断：未采取长效避孕措施"]
    ),
  ]

  @Test("the reasons that hold, and those that nobody has asked about", arguments: cases)
  func lines(subject: SubjectFacts, expected: [String]) throws {
    let day = try date("2009-06-20")
    #expect(ClassificationText.lines(of: subject, on: day, in: .chinese) == expected)
  }

  @Test("S1.1: who is no subject, and why")
  func noSubject() throws {
    let day = try date("2009-06-20")
    let subject = SubjectFacts(birthDate: CivilDate("1994-06-21"))
    let lines = ClassificationText.lines(of: subject, on: day, in: .english)
    #expect(lines.first == "S1.1: no subject: aged 14 on 2009-06-20; a subject is aged 15 to 49")
  }
}
