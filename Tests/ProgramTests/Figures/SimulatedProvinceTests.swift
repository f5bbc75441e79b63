import Foundation
import TestSupport
import Testing

@Suite("A simulated province", .timeLimit(.minutes(5)))
struct SimulatedProvinceTests {
  private static let keys = [
    "submitted", "asked", "feedbackRequired", "receivedInCycle", "fedBackInCycle", "inTime",
    "lateDone", "neverDone", "open", "notFound", "substantiated",
  ]

  /// Cycle, level and the day asked about.
  private static let questions = [
    ("2026-10", "county", "2026-11-15"), ("2026-10", "county", "2026-10-05"),
    ("2026-03", "prefecture", "2026-04-20"), ("2026-03", "province", "2026-03-27"),
    ("2025-12", "county", "2026-12-01"), ("2026-10", "township", "2026-11-01"),
    ("2026-09", "village", "2026-10-25"),
  ]

  @Test("The figures of its node are those of an own count over the exported items (S5, S6, G4)")
  func figures() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(
      in: folder, "--seed", "7", "--items", "1500", "--counties", "9")
    let items = try ExportedItem.all(in: try folder.text(of: "items.jsonl"))
    #expect(items.count == 1500)
    let node = try await SimulatedProvince.start(in: folder)
    for (cycle, level, day) in Self.questions {
      let counted = ExportedItem.figures(
        of: items, cycle: cycle, level: level, within: "44", asOf: day)
      let lines = try await SimulatedProvince.lines(
        folder,
        ["figures", "--cycle", cycle, "--of", "440000", "--by", level, "--as-of", day, "--items"])
      let told = try Dictionary(
        uniqueKeysWithValues: lines.map { (try #require($0["division"] as? String), $0) })
      #expect(Set(told.keys).isSuperset(of: counted.keys), "\(cycle) \(level) \(day)")
      for (division, line) in told {
        let expected = counted[division] ?? [:]
        let name = "\(division) \(cycle) \(level) \(day)"
        #expect(Set(line.keys) == Self.allKeys, "\(name)")
        for key in Self.keys {
          #expect(line[key] as? Int == expected[key]?.count ?? 0, "\(name) \(key)")
        }
        let (queries, fedBack) = (
          expected["queries"]?.count ?? 0, expected["queriesFedBack"]?.count ?? 0
        )
        let rate = queries == 0 ? nil : Double(fedBack) / Double(queries)
        // A number in JSON may be read one place off.
        let told = line["feedbackRate"] as? Double
        #expect((told == nil) == (rate == nil), "\(name)")
        #expect(abs((told ?? 0) - (rate ?? 0)) < 1e-9, "\(name)")
        #expect(line["belowLine"] as? Bool == (rate ?? 1 < 0.95), "\(name)")
        #expect(line["noSubmission"] as? Bool == expected["submitted"]?.isEmpty ?? true, "\(name)")
        let identities = try #require(line["items"] as? [String: [String]])
        #expect(
          identities.mapValues { $0.sorted() } == expected.mapValues { $0.sorted() }, "\(name)")
      }
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  private static var allKeys: Set<String> {
    Set(keys).union([
      "division", "cycle", "asOf", "feedbackRate", "belowLine", "noSubmission", "items",
    ])
  }

  @Test("The same seed gives the same bytes, another seed others")
  func seeds() async throws {
    let folders = try (0..<3).map { _ in try TemporaryFolder() }
    for (folder, seed) in zip(folders, ["3", "3", "4"]) {
      try await SimulatedProvince.make(
        in: folder, "--seed", seed, "--items", "200", "--counties", "4")
    }
    let texts = try folders.map { try $0.text(of: "items.jsonl") }
    #expect(texts[0] == texts[1])
    #expect(texts[0] != texts[2])
  }

  @Test("A county's first submission of a cycle is a query, so that no cycle is silent by chance")
  func firstIsQuery() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(
      in: folder, "--seed", "5", "--items", "300", "--counties", "20")
    var seen: Set<String> = []
    for item in try ExportedItem.all(in: try folder.text(of: "items.jsonl"))
    where item.from.hasPrefix("44") && seen.insert(item.cycle + item.from).inserted {
      #expect(item.kind == "assistRequest", "\(item.id)")
    }
    #expect(seen.count > 100)
  }

  @Test("Figures and ranking are written as files, once, and the counties add up to the province")
  func files() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "7", "--items", "400", "--counties", "4")
    let node = try await SimulatedProvince.start(in: folder)
    let questions = [
      "figures": ["--cycle", "2026-09", "--of", "440000", "--by", "county"],
      "ranking": ["--quarter", "2026Q3"],
    ]
    for (command, question) in questions {
      for (format, start) in [
        ("csv", "\u{FEFF}"), ("xlsx", "PK"), ("html", "<!DOCTYPE html>"),
      ] {
        let file = "\(command).\(format)"
        let arguments = [command] + question + ["--format", format, "--out", file]
        let run = try await SimulatedProvince.xiecha(folder, arguments)
        #expect(run.exit == 0, "\(run.error)")
        let bytes = try folder.bytes(of: file)
        #expect(bytes.starts(with: Array(start.utf8)), "\(file)")
        #expect(folder.mode(of: file) == 0o600)
        let again = try await SimulatedProvince.xiecha(folder, arguments)
        #expect(
          again.exit == 2 && again.error.contains("--out \(file) is there already"),
          "\(again.error)")
        #expect(try folder.bytes(of: file) == bytes)
      }
    }
    let lines = try folder.text(of: "figures.csv").split(separator: "\r\n")
    #expect(lines.count { $0.hasPrefix("total,") } == 1)
    #expect(!lines.contains { $0.hasPrefix("difference,") })
    for arguments in [
      ["--format", "csv"], ["--out", "x"], ["--format", "doc", "--out", "x"],
      ["--format", "csv", "--out", "x", "--items"],
    ] {
      #expect(
        try await SimulatedProvince.xiecha(folder, ["figures"] + arguments).exit == 2,
        "\(arguments)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("What is not the caller's, and what is no cycle or level, is refused with the field")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "7", "--items", "50", "--counties", "2")
    let node = try await SimulatedProvince.start(in: folder)
    for (arguments, exit, part) in [
      (["--of", "510000"], 1, "wrong-division"), (["--of", "449999"], 1, "unknown-division"),
      (["--of", "440306", "--by", "province"], 1, "by"), (["--cycle", "2026-13"], 2, "--cycle"),
      (["--by", "planet"], 2, "--by"), (["--as-of", "2026-02-30"], 2, "--as-of"),
      (["--of", "1"], 2, "--of"),
    ] {
      let run = try await SimulatedProvince.xiecha(folder, ["figures"] + arguments)
      #expect(run.exit == exit, "\(arguments): \(run.error)")
      #expect(run.error.contains(part), "\(arguments): \(run.error)")
    }
    let again = try await Program.simulate.run(
      ["--seed", "7", "--items", "50", "--counties", "2", "--out", "."], in: folder)
    #expect(again.exit == 1)
    #expect(again.error.contains("there is a store"))
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
