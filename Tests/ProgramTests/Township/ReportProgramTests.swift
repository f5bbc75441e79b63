import ExchangeRules
import Foundation
import TestSupport
import Testing

@Suite("Rosters and monthly tables with the real programs (S10.6, S12.5)", .timeLimit(.minutes(5)))
struct ReportProgramTests {
  @Test(
    "A township at its county's node makes its reports; the county sees who has, and acknowledges")
  func reports() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(Office.county, "store", to: "store.sqlite")
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let ready = try #require(await node.line(with: "ready:"))
    for (name, role, division) in [
      ("town", "townshipOperator", Office.township), ("county", "countyOperator", Office.county),
    ] {
      let added = try await office.addOperator(name, role: role, division: division)
      try #require(added.exit == 0, "\(added.error)")
      let signed = try await xiecha(
        office,
        [
          "sign-in", name, "--node", String(ready.split(separator: " ").last ?? ""), "--division",
          Office.county, "--account", name, "--trust", "Certificates/authority.pem",
        ])
      try #require(signed.exit == 0, "\(signed.error)")
    }
    for report in ["roster", "tables"] {
      let made = try await xiecha(
        office, ["report", "make", report, "--profile", "town", "--json"])
      #expect(made.exit == 0, "\(made.error)")
      let letter = try #require(try value(of: "letter", in: made.output))
      let list = try await xiecha(
        office, ["report", "list", report, "--profile", "county", "--json"])
      #expect(try value(of: "office", in: list.output) == Office.township)
      #expect(try value(of: "state", in: list.output) == "delivered")
      for (format, start) in [("csv", "\u{FEFF}"), ("xlsx", "PK"), ("html", "<!DOCTYPE html>")] {
        let file = "\(report).\(format)"
        let shown = try await xiecha(
          office,
          [
            "report", "show", letter, "--profile", "county", "--format", format, "--out", file,
          ])
        #expect(shown.exit == 0, "\(shown.error)")
        #expect(try office.folder.bytes(of: file).starts(with: Array(start.utf8)))
      }
      let todo = try await xiecha(office, ["todo", "--profile", "county"])
      #expect(todo.output.contains(letter.suffix(8)))
      let done = try await xiecha(
        office, ["report", "acknowledge", String(letter.suffix(8)), "--profile", "county"])
      #expect(done.exit == 0 && done.output.contains("acknowledged"), "\(done.error)")
    }
    for (arguments, exit, part) in [
      (["make", "roster", "--profile", "county"], 1, "wrong-role"),
      (["make", "dunning"], 2, "roster, tables"),
      (["list", "roster", "--month", "2026-13"], 2, "--month"),
      (["make", "roster", "--month", "2999-01", "--profile", "town"], 1, "month"),
    ] as [([String], Int32, String)] {
      let run = try await xiecha(office, ["report"] + arguments)
      #expect(run.exit == exit && run.error.contains(part), "\(arguments): \(run.error)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  private func xiecha(_ office: Office, _ arguments: [String]) async throws -> ProgramRun {
    try await Program.operator.run(
      arguments, in: office.folder,
      environment: ["HOME": office.folder.path, "XIECHA_PASSWORD": Office.password])
  }

  /// A text of the first JSON line.
  private func value(of key: String, in output: String) throws -> String? {
    let line = try #require(output.split(separator: "\n").first)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return object?[key] as? String
  }
}
