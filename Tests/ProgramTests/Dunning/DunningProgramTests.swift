import ExchangeRules
import Foundation
import TestSupport
import Testing

@Suite("Dunning with the real programs (S10.4)", .timeLimit(.minutes(5)))
struct DunningProgramTests {
  @Test("A node duns by itself when it starts; the list is shown, stands in todo, is acknowledged")
  func province() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "7", "--items", "600", "--counties", "6")
    let node = try await SimulatedProvince.start(in: folder)
    _ = try #require(await node.line(with: "dunned", on: .error))
    let letters = try await SimulatedProvince.lines(folder, ["dun", "list"])
    let own = try #require(letters.first { $0["to"] as? String == "440000" })
    let friday = try #require((own["period"] as? String).flatMap { CivilDate($0) })
    #expect(friday.weekday == 5)
    #expect(own["state"] as? String == "delivered" && own["from"] as? String == "440000")
    // The others wait for their counties' nodes, which are not there.
    #expect(letters.count > 1 && letters.count { $0["state"] as? String == "issued" } > 0)
    let id = try #require(own["letter"] as? String)
    let items = try await SimulatedProvince.lines(folder, ["dun", "show", String(id.suffix(8))])
    #expect(items.count == own["items"] as? Int)
    for item in items {
      let due = try #require((item["due"] as? String).flatMap { CivilDate($0) })
      #expect(item["risenTo"] as? String == "province")
      #expect(due.days(until: friday) >= item["daysLate"] as? Int ?? .max)
    }
    let todo = try await SimulatedProvince.xiecha(folder, ["todo"])
    #expect(todo.output.contains("letters to be acknowledged"), "\(todo.output)")
    let chinese = try await SimulatedProvince.xiecha(
      folder, ["dun", "show", id], environment: ["XIECHA_LANG": "zh"])
    for part in ["催办", "逾期天数", "责任人", "规则 2009-1"] {
      #expect(chinese.output.contains(part), "\(part)")
    }
    let file = try await SimulatedProvince.xiecha(
      folder, ["dun", "show", id, "--format", "html", "--out", "dun.html"])
    #expect(file.exit == 0, "\(file.error)")
    #expect(try folder.text(of: "dun.html").contains("days late"))
    let done = try await SimulatedProvince.xiecha(
      folder, ["dun", "acknowledge", id, "--note", "noted"])
    #expect(done.exit == 0 && done.output.contains("acknowledged"), "\(done.error)")
    #expect(
      try await SimulatedProvince.xiecha(folder, ["dun", "show", id]).output.contains("noted"))
    let after = try await SimulatedProvince.xiecha(folder, ["todo"])
    #expect(!after.output.contains("to be acknowledged"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
    // Started again in the same week, it duns nobody again.
    let again = try await SimulatedProvince.start(in: folder)
    #expect(try await SimulatedProvince.lines(folder, ["dun", "list"]).count == letters.count)
    again.signal(SIGTERM)
    #expect(await again.exit() == 0)
  }

  @Test("What names no letter or no day is refused with what is wrong")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "7", "--items", "50", "--counties", "2")
    let node = try await SimulatedProvince.start(in: folder)
    for (arguments, exit, part) in [
      (["dun", "show", "xyz"], 2, "letter"), (["dun", "show", "0000dead"], 1, "no letter's id"),
      (["dun", "list", "--week", "2026-02-30"], 2, "--week"),
      (["dun", "show", "00000000-0000-0000-0000-000000000000"], 1, "unknown"),
      (["dun", "acknowledge"], 2, "letter"),
    ] as [([String], Int32, String)] {
      let run = try await SimulatedProvince.xiecha(folder, arguments)
      #expect(run.exit == exit && run.error.contains(part), "\(arguments): \(run.error)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
