import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import Testing
import Wire

@Suite("The review of the register's quality (S12.2, S12.3)", .timeLimit(.minutes(30)))
struct ReviewTests {
  @Test("S12.3: same number, 15 and 18 digits, same name with birth date and village")
  func duplicates() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    let person = Cases.notice(.inflow, number: 1)
    var otherName = Cases.notice(.inflow, number: 2)
    otherName.subject?.name = "王例样"
    var legacy = Cases.notice(.inflow, number: 3)
    legacy.subject?.citizenId = "440726850615342"
    legacy.subject?.name = "王旧证"
    var numberless = Cases.notice(.inflow, number: 4)
    numberless.subject?.citizenId = ""
    numberless.subject?.noCitizenIdReason = "证件遗失"
    for item in [person, otherName, legacy, numberless] { try await author.enter(item) }

    let groups = try await author.stream(Records.duplicates, ReviewRequest())
    #expect(groups.map(\.ground) == ["legacyPair", "sameNameBirthVillage", "transposedName"])
    #expect(groups.map(\.persons.count) == [3, 2, 3])
    let text = "\(groups)"
    #expect(!text.contains(Cases.number) && !text.contains("王样例"))
    let without = try await author.stream(Records.withoutNumber, ReviewRequest())
    #expect(without.map(\.reason) == ["证件遗失"])
    let elsewhere = try await network[TestNetwork.residenceTowns[1]]
      .stream(Records.duplicates, ReviewRequest())
    #expect(elsewhere.isEmpty)
    try await network.stop()
  }

  @Test("S12.3: merged with nothing lost and a way back")
  func merging() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    let person = Cases.notice(.inflow, number: 1)
    var numberless = Cases.notice(.birth, number: 2)
    numberless.subject?.citizenId = ""
    numberless.subject?.noCitizenIdReason = "证件遗失"
    for item in [person, numberless] { try await author.enter(item) }
    let keep = try await author.history(person.id).person?.id ?? []
    let other = try await author.history(numberless.id).person?.id ?? []

    let blank = await #expect(throws: CallFailure.self) {
      _ = try await author.merge(keep, [other], reason: " ")
    }
    #expect(blank?.field == "reason")
    let merged = try await author.merge(keep, [other], reason: "同一人，补录证件")
    #expect(merged.merges.map(\.merged) == [other])
    #expect(merged.differing == [])
    let both = try await author.history(person.id)
    #expect(both.person?.recordCount == 2)
    #expect(Set(both.versions.map(\.sourceItem)) == [person.id, numberless.id])
    #expect(try await author.stream(Records.duplicates, ReviewRequest()).isEmpty)
    #expect(try await author.stream(Records.withoutNumber, ReviewRequest()).isEmpty)
    let again = await #expect(throws: CallFailure.self) {
      _ = try await author.merge(keep, [other], reason: "再次")
    }
    #expect(again?.reason == "one-already")

    var undo = UndoMergeRequest()
    undo.person = other
    let undone = try await author.call(Records.undoMerge, undo)
    #expect(undone.merges.map(\.undoneBy) == ["operator"])
    #expect(try await author.history(person.id).person?.recordCount == 1)
    #expect(try await author.stream(Records.withoutNumber, ReviewRequest()).count == 1)
    let twice = await #expect(throws: CallFailure.self) {
      _ = try await author.call(Records.undoMerge, undo)
    }
    #expect(twice?.reason == "not-merged")
    try await network.stop()
  }

  @Test("S12.2: a doubtful number that is kept with a reason stays visible as a defect")
  func defects() async throws {
    let network = try await TestNetwork.start()
    let author = network[TestNetwork.residenceTowns[0]]
    try await author.enter(Cases.notice(.inflow, number: 1))
    var doubtful = Cases.notice(.inflow, number: 2)
    doubtful.subject?.citizenId = "440726198506153426"
    doubtful.subject?.noCitizenIdReason = "与身份证原件一致"
    doubtful.subject?.birthDate = 1985_06_16
    try await author.enter(doubtful)
    let found = try await author.stream(Records.defects, ReviewRequest())
    #expect(found.map(\.keptReason) == ["与身份证原件一致"])
    #expect(
      found.first?.defects.map(\.reason) == ["checkDigit", "differsFromNumber"])
    try await network.stop()
  }

  @Test("G5: a fee settled elsewhere for the same birth is shown to who receives the notice")
  func feeElsewhere() async throws {
    let network = try await TestNetwork.start()
    var fee = Cases.notice(.maintenanceFee, number: 1)
    fee.set(.date(2008_11_02), of: "birthDate")
    fee.set(.text(TestNetwork.residence), of: "authorityCode")
    fee.set(.flag(true), of: "settled")
    _ = try await network.deliver(fee)
    var second = Cases.notice(.maintenanceFee, number: 2)
    second.set(.date(2008_11_02), of: "birthDate")
    second.set(.text("第二号"), of: "decisionNumber")
    second.set(.text("441702"), of: "authorityCode")
    let id = try await network.deliver(second)
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()
    let shown = try await asked.follow(id).advice
    #expect(shown.map(\.rule) == ["G5"])
    #expect(shown.map(\.reason) == ["settledElsewhere"])
    #expect(shown.first?.text.contains("440306") == true)
    try await network.stop()
  }

  @Test("G5: checks done where she lives count, and the office is told so")
  func localChecks() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.notice(.periodicCheck, number: 1))
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()
    #expect(try await asked.follow(id).advice.map(\.reason) == ["localChecksCount"])
    try await network.stop()
  }
}
