import ExchangeRules
import Testing

@Suite("Subjects (S1)")
struct SubjectTests {
  @Test(
    "S1.1: aged 15 through 49 full years on the day",
    arguments: [
      ("1994-06-20", "2009-06-19", "tooYoung"), ("1994-06-20", "2009-06-20", nil),
      ("1959-06-21", "2009-06-20", nil), ("1959-06-20", "2009-06-20", "tooOld"),
      ("1960-02-29", "2010-02-28", nil), ("1960-02-29", "2010-03-01", "tooOld"),
      ("1992-02-29", "2007-02-28", "tooYoung"), ("1992-02-29", "2007-03-01", nil),
      ("2009-06-21", "2009-06-20", "inTheFuture"),
    ] as [(String, String, String?)])
  func age(born: String, on day: String, reason: String?) throws {
    let subject = SubjectFacts(birthDate: try date(born))
    #expect(try SubjectRule.check(subject, on: date(day)).failure?.reason == reason)
  }

  @Test("S1.1: a subject is a woman whose birth date is known")
  func womanWithBirthDate() throws {
    let day = try date("2009-06-20")
    let man = SubjectFacts(birthDate: try date("1980-01-01"), sex: .male)
    #expect(SubjectRule.check(man, on: day).failure?.field == "sex")
    let undated = SubjectFacts(birthDate: nil)
    #expect(SubjectRule.check(undated, on: day).failure?.reason == "missing")
  }

  struct Row: Sendable {
    let pregnant: Bool
    let lastBirth: String?
    let certificate: CertificateStatus
    let contraception: Contraception
    let reasons: [KeySubjectReason]
  }

  @Test(
    "S1.2: every reason that holds is listed; without one the subject is non-key",
    arguments: [
      Row(
        pregnant: false, lastBirth: nil, certificate: .valid, contraception: .longActing,
        reasons: []),
      Row(
        pregnant: true, lastBirth: nil, certificate: .valid, contraception: .longActing,
        reasons: [.currentlyPregnant]),
      Row(
        pregnant: false, lastBirth: "2009-01-01", certificate: .valid, contraception: .longActing,
        reasons: [.gaveBirthThisYear]),
      Row(
        pregnant: false, lastBirth: "2008-12-31", certificate: .valid, contraception: .longActing,
        reasons: []),
      Row(
        pregnant: false, lastBirth: "2009-06-21", certificate: .valid, contraception: .longActing,
        reasons: []),
      Row(
        pregnant: false, lastBirth: nil, certificate: .none, contraception: .longActing,
        reasons: [.noConformingCertificate]),
      Row(
        pregnant: false, lastBirth: nil, certificate: .nonConforming, contraception: .other,
        reasons: [.noConformingCertificate, .noLongActingContraception]),
      Row(
        pregnant: true, lastBirth: "2009-03-01", certificate: .none, contraception: .none,
        reasons: KeySubjectReason.allCases),
    ])
  func classification(row: Row) throws {
    let subject = SubjectFacts(
      birthDate: try date("1980-01-01"), currentlyPregnant: row.pregnant,
      lastBirth: try row.lastBirth.map { try date($0) }, certificate: row.certificate,
      contraception: row.contraception)
    let classification = Classification(of: subject, on: try date("2009-06-20"))
    #expect(classification.reasons == row.reasons)
    #expect(classification.isKeySubject == !row.reasons.isEmpty)
    #expect(classification.undetermined.isEmpty)
  }

  @Test("S1.2: what is not known is no reason, and is listed as undetermined")
  func undetermined() throws {
    let classification = Classification(
      of: SubjectFacts(birthDate: nil), on: try date("2009-06-20"))
    #expect(!classification.isKeySubject)
    #expect(
      classification.undetermined == [.noConformingCertificate, .noLongActingContraception])
  }
}
