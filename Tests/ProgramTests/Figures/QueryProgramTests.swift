import Foundation
import TestSupport
import Testing

@Suite("The combined query with the real programs (S10.3)", .timeLimit(.minutes(5)))
struct QueryProgramTests {
  @Test("Finds what a filter over the exported items finds; is saved, written as files, refused")
  func query() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "9", "--items", "900", "--counties", "5")
    let items = try ExportedItem.all(in: try folder.text(of: "items.jsonl"))
    let node = try await SimulatedProvince.start(in: folder)
    let county = try #require(items.map(\.to).first { $0.hasPrefix("44") })
    let questions: [(arguments: [String], holds: (ExportedItem) -> Bool)] = [
      ([], { _ in true }),
      (["--kind", "服务管理信息"], { $0.kind == "serviceNotice" }),
      (
        ["--place", county, "--finding", "notFound"],
        { ($0.from == county || $0.to == county) && $0.finding == "notFound" }
      ),
      (
        ["--from", "2026-03-05", "--through", "2026-04-20"],
        { $0.submitted >= "2026-03-05" && $0.submitted <= "2026-04-20" }
      ),
      (
        ["--lateness", "lateDone,inTime", "--kind", "assistRequest"],
        { $0.kind == "assistRequest" && $0.answered != nil }
      ),
      (
        ["--lateness", "逾期已办", "--kind", "assistRequest"],
        { item in item.kind == "assistRequest" && item.answered.map { $0 > item.due } ?? false }
      ),
    ]
    for (arguments, holds) in questions {
      let lines = try await SimulatedProvince.lines(folder, ["query"] + arguments)
      let found = lines.compactMap { $0["id"] as? String }
      #expect(Set(found) == Set(items.filter(holds).map(\.id)), "\(arguments)")
      #expect(found.count == Set(found).count)
      let days = lines.compactMap { $0["submitted"] as? String }
      #expect(days == days.sorted(by: >), "\(arguments)")
    }
    let first = try await SimulatedProvince.lines(folder, ["query", "--limit", "7"])
    #expect(first.count == 7)
    let save = ["query", "--finding", "notFound", "--save", "查无此人"]
    let direct = try await SimulatedProvince.lines(folder, save)
    let saved = try await SimulatedProvince.lines(folder, ["query", "--saved", "查无此人"])
    #expect(direct as NSArray == saved as NSArray && !saved.isEmpty)
    #expect(try await SimulatedProvince.lines(folder, ["query", "--list-saved"]).count == 1)
    for (format, start) in [("csv", "\u{FEFF}"), ("xlsx", "PK"), ("html", "<!DOCTYPE html>")] {
      let run = try await SimulatedProvince.xiecha(
        folder, ["query", "--saved", "查无此人", "--format", format, "--out", "q.\(format)"])
      #expect(run.exit == 0, "\(run.error)")
      #expect(try folder.bytes(of: "q.\(format)").starts(with: Array(start.utf8)))
    }
    let forgotten = try await SimulatedProvince.xiecha(folder, ["query", "--forget", "查无此人"])
    #expect(forgotten.exit == 0, "\(forgotten.error)")
    for (arguments, exit, part) in [
      (["--forget", "查无此人"], 1, "--list-saved"), (["--saved", "none"], 1, "--list-saved"),
      (["--state", "lost"], 2, "--state lost"),
      (["--name", "王样例"], 2, "--purpose"), (["--category", "12"], 2, "--category 12"),
      (["--from", "2026-02-30"], 2, "--from"), (["--place", "999999"], 1, "place"),
      (["--state", "entered"], 1, "states"), (["--list-saved", "--box", "in"], 2, "--list-saved"),
    ] as [([String], Int32, String)] {
      let run = try await SimulatedProvince.xiecha(folder, ["query"] + arguments)
      #expect(run.exit == exit && run.error.contains(part), "\(arguments): \(run.error)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
