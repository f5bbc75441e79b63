import Credentials
import Exchange
import ExchangeRules
import Testing

@Suite("Which accounts people can have at a node (S2.1, S2.2, S8.1)")
struct OperatorAccountTests {
  private func verdict(
    _ role: Role, _ division: String, at node: String?
  ) throws -> OperatorRole.Verdict {
    try #require(OperatorRole(role)).verdict(
      on: #require(DivisionCode(division)), at: node.map { try #require(DivisionCode($0)) })
  }

  @Test(
    "A node serves its own division and those below",
    arguments: [
      (Role.countyOperator, "440306", "440306"), (.townshipOperator, "440306018", "440306"),
      (.villageReporter, "440306018201", "440306"), (.auditor, "440306", "440306"),
      (.townshipOperator, "440306018", "440306018"), (.provinceSupervisor, "440000", "440000"),
      (.countySupervisor, "440306", "440000"),
    ])
  func served(role: Role, division: String, node: String) throws {
    #expect(try verdict(role, division, at: node) == .fits)
    #expect(try verdict(role, division, at: nil) == .fits)
  }

  @Test(
    "S9: who supervises or audits may be of a division above the node",
    arguments: [(Role.auditor, "440000"), (.provinceSupervisor, "440000")])
  func above(role: Role, division: String) throws {
    #expect(try verdict(role, division, at: "440306") == .fits)
  }

  @Test(
    "Nobody acts for a division of another node",
    arguments: [
      (Role.countyOperator, "441702", "440306"), (.townshipOperator, "441702102", "440306"),
      (.countyOperator, "440306", "440306018"), (.systemAdministrator, "350000", "440000"),
      (.auditor, "350000", "440306"), (.countySupervisor, "441702", "440306"),
    ])
  func notServed(role: Role, division: String, node: String) throws {
    let verdict = try verdict(role, division, at: node)
    #expect(
      verdict
        == .notServed(
          try #require(DivisionCode(division)), by: try #require(DivisionCode(node))))
    #expect(verdict.refusal?.english.contains(node) == true)
  }

  @Test(
    "A role belongs to a level",
    arguments: [
      (Role.countyOperator, "440306018"), (.townshipOperator, "440306"),
      (.villageReporter, "440306018"), (.provinceSupervisor, "440306"),
    ])
  func level(role: Role, division: String) throws {
    #expect(
      try verdict(role, division, at: "440306")
        == .wrongLevel(try #require(DivisionCode(division)), role))
  }

  @Test("No person has a node's role")
  func nodes() {
    #expect(OperatorRole(.countyNode) == nil)
    #expect(OperatorRole.all.count == Role.allCases.count { !$0.isNode })
  }

  @Test(
    "Names that are the system's own, in any case, and names that are none",
    arguments: [
      ("li.wei", AccountNameRule.Verdict.allowed), ("node:440306", .reserved(prefix: "node:")),
      ("SESSION-1", .reserved(prefix: "session-")), ("li wei", .malformed), ("", .malformed),
    ])
  func names(name: String, verdict: AccountNameRule.Verdict) {
    #expect(AccountNameRule.verdict(on: name) == verdict)
    #expect((verdict.refusal == nil) == (verdict == .allowed))
  }
}
