import Foundation
import TestSupport
import Testing

@Suite("Flows with the real programs (S13.1)", .timeLimit(.minutes(5)))
struct FlowProgramTests {
  @Test("A county publishes, shows and lists periods, and sets capacities; wrong ones are refused")
  func flows() async throws {
    let office = try await Office.ready(Office.county)
    try office.change(Office.county, "store", to: "store.sqlite")
    let node = try RunningNode(config: "\(Office.county).json", in: office.folder)
    let ready = try #require(await node.line(with: "ready:"))
    try #require(try await office.addOperator("county").exit == 0)
    let signed = try await xiecha(
      office,
      [
        "sign-in", "c", "--node", String(ready.split(separator: " ").last ?? ""), "--division",
        Office.county, "--account", "county", "--trust", "Certificates/authority.pem",
      ])
    try #require(signed.exit == 0, "\(signed.error)")
    let period = ["--first", "2026-01-01", "--last", "2026-03-31"]
    let published = try await xiecha(office, ["flows", "publish"] + period)
    #expect(
      published.exit == 0 && published.output.contains("fewer than five"), "\(published.error)")
    #expect(try await xiecha(office, ["flows", "show"] + period).exit == 0)
    #expect(try await xiecha(office, ["flows"]).output.contains("2026-03-31"))
    let set = try await xiecha(
      office, ["flows", "capacity", "--of", Office.township, "--set", "9"])
    #expect(set.exit == 0 && set.output.contains("room left"), "\(set.error)")
    for (arguments, exit, part) in [
      (["publish", "--first", "2026-03-31", "--last", "2026-04-30"], 1, "conflict"),
      (["publish", "--first", "2026-04-30", "--last", "2026-04-01"], 2, "--first"),
      (["publish", "--first", "2999-04-01", "--last", "2999-04-30"], 1, "in-the-future"),
      (["show", "--first", "2026-04-01", "--last", "2026-04-30"], 1, "unknown"),
      (["show"] + period + ["--table", "hair"], 2, "--table"),
      (["show"] + period + ["--format", "csv", "--out", "f.csv"], 1, "fewer than five"),
      (["publish"] + period + ["--by", "village"], 2, "--by"),
      (["capacity", "--of", Office.township], 2, "--set"),
    ] as [([String], Int32, String)] {
      let run = try await xiecha(office, ["flows"] + arguments)
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
}
