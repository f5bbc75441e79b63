import ExchangeRules
import Foundation
import TestSupport
import Testing

@Suite("The work of townships with the real programs (S10)", .timeLimit(.minutes(5)))
struct TownshipProgramTests {
  @Test("Work is shown and written as files, late items name who answers, samples repeat")
  func work() async throws {
    let folder = try TemporaryFolder()
    try await SimulatedProvince.make(in: folder, "--seed", "7", "--items", "600", "--counties", "4")
    let county = try #require(
      try ExportedItem.all(in: try folder.text(of: "items.jsonl")).map(\.to)
        .first { $0.hasPrefix("44") })
    let node = try await SimulatedProvince.start(in: folder)
    let question = ["--cycle", "2026-09", "--of", county]
    let towns = try await SimulatedProvince.lines(
      folder, ["township"] + question + ["--by", "township"])
    let whole = try #require(
      try await SimulatedProvince.lines(folder, ["township"] + question).first)
    #expect(!towns.isEmpty)
    for key in ["split", "cameBack"] {
      let parts = towns.compactMap { $0[key] as? Int }.reduce(0, +)
      #expect(parts == whole[key] as? Int, "\(key)")
    }
    let villages = try await SimulatedProvince.lines(
      folder, ["township"] + question + ["--by", "village"])
    for village in villages {
      let reported = try #require(village["reported"] as? Int)
      #expect(village["shortBy"] as? Int == max(0, 5 - reported))
    }
    for (format, start) in [("csv", "\u{FEFF}"), ("xlsx", "PK"), ("html", "<!DOCTYPE html>")] {
      let run = try await SimulatedProvince.xiecha(
        folder,
        ["township"] + question + ["--by", "village", "--format", format, "--out", "w.\(format)"])
      #expect(run.exit == 0, "\(run.error)")
      #expect(try folder.bytes(of: "w.\(format)").starts(with: Array(start.utf8)))
    }
    let late = try await SimulatedProvince.lines(folder, ["township", "late", "--of", county])
    #expect(!late.isEmpty)
    for line in late { #expect((line["holder"] as? String)?.hasPrefix(county) == true) }
    let file = try await SimulatedProvince.xiecha(
      folder, ["township", "late", "--of", county, "--format", "csv", "--out", "late.csv"])
    #expect(file.exit == 0, "\(file.error)")
    #expect(try folder.text(of: "late.csv").split(separator: "\r\n").count > late.count)
    let draw = ["township", "sample"] + question + ["--seed", "7", "--count", "5"]
    let sample = try await SimulatedProvince.lines(folder, draw)
    #expect(sample.count == 5)
    #expect(try await SimulatedProvince.lines(folder, draw) as NSArray == sample as NSArray)
    // Who supervises looks on; who works the exchange checks.
    let id = try #require(sample.first?["item"] as? String)
    let refused = try await SimulatedProvince.xiecha(
      folder, ["township", "check", id, "--outcome", "confirmed", "--note", "seen"])
    #expect(refused.exit == 1 && refused.error.contains("wrong-role"), "\(refused.error)")
    for (arguments, exit, part) in [
      (["--of", "440000"], 1, "of"), (["--of", county, "--by", "province"], 2, "--by"),
      (["sample", "--seed", "x"], 2, "--seed"),
      (["sample", "--seed", "1", "--count", "0"], 2, "--count"),
      (["check", id, "--outcome", "perhaps", "--note", "x"], 2, "--outcome"),
    ] as [([String], Int32, String)] {
      let run = try await SimulatedProvince.xiecha(folder, ["township"] + arguments)
      #expect(run.exit == exit && run.error.contains(part), "\(arguments): \(run.error)")
    }
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }
}
