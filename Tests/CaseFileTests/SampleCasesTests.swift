import CaseFile
import ExchangeRules
import Foundation
import ReferenceData
import TestSupport
import Testing

@Suite("The demo's sample case files")
struct SampleCasesTests {
  struct Sample: Sendable {
    var township: String
    var reasons: [String]
  }

  static let samples: [Sample] = [
    Sample(
      township: "440306018",
      reasons: [
        "checkDigit", "missing", "notADate", "notFemale", "notToVillage", "scientificNotation",
        "tooYoung",
      ]),
    Sample(
      township: "440306022",
      reasons: [
        "dateSerialNumber", "differsFromCitizenID", "missing", "missing", "missing", "notOurs",
        "precisionLost", "unknownDivision",
      ]),
  ]

  @Test("120 good rows each, and one bad row for each mistake", arguments: samples)
  func sample(sample: Sample) throws {
    let division = try #require(DivisionCode(sample.township))
    let day = try #require(CivilDate(year: 2026, month: 11, day: 24))
    let reader = try CaseFileReader(
      path: SampleCasesTests.directory + "demo-cases-\(sample.township).csv",
      options: CaseFileOptions(
        enteringDivision: division, day: day, register: .national, tables: .national))
    var rows: [CaseRow] = []
    var rejected: [RejectedRow] = []
    while let entry = try reader.next() {
      switch entry {
      case .row(let row, _): rows.append(row)
      case .rejected(let row): rejected.append(row)
      }
    }
    #expect(reader.encoding == .gb18030)
    #expect(reader.header.unknownHeadings == [])
    #expect(rows.count == 120)
    #expect(Set(rows.map(\.id)).count == 120)
    #expect(rejected.flatMap(\.problems).map(\.reason).sorted() == sample.reasons)
    #expect(rejected.allSatisfy { $0.problems.count == 1 })
    let notices = rows.filter { $0.kind == .serviceNotice }
    #expect(notices.count { $0.category == .birth && $0.record["birthDate"] != nil } == 3)
    #expect(notices.count { $0.category == .inflow && $0.record["inflowDate"] != nil } == 4)
    #expect(rows.contains { $0.facts.currentlyPregnant })
    #expect(rows.allSatisfy { $0.from.description == "440306" && $0.to.description == "441702" })
    #expect(Set(rows.compactMap { $0.household.code.township }).count == 2)
  }

  @Test("the committed files are what Tools/make-sample-cases writes")
  func current() async throws {
    let target = try TemporaryFolder()
    let run = try await ProgramRun(
      SampleCasesTests.directory + "make-sample-cases", ["--directory", target.path])
    #expect(run.exit == 0, "\(run.error)")
    for sample in SampleCasesTests.samples {
      let name = "/demo-cases-\(sample.township).csv"
      #expect(
        FileManager.default.contentsEqual(
          atPath: SampleCasesTests.directory + name, andPath: target.path + name))
    }
  }

  static let directory =
    URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path() + "/Tools/"
}
