import ArgumentParser
import Foundation
import Glibc

/// A file to which each figure is appended as one line of JSON, so that runs can be plotted over time.
struct History: ParsableArguments {
  @Option(help: "A file that gets a line of JSON for each figure.") var history: String?

  private struct Line: Encodable {
    let time: String
    let benchmark: String
    let figure: String
    let value: Double
    let unit: String
    /// What the figure is compared with, in the same unit: a floor, a peer, or a limit.
    let goal: Double?
    /// The load of the machine over the last minute: above its cores, the figure says little.
    let load: Double
  }

  func add(
    _ benchmark: String, _ figure: String, _ value: Double, _ unit: String, goal: Double? = nil
  ) throws {
    guard let history, value.isFinite else { return }
    var load = 0.0
    getloadavg(&load, 1)
    let line = Line(
      time: Date().formatted(.iso8601), benchmark: benchmark, figure: figure, value: value,
      unit: unit, goal: goal, load: load)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(line) + Data("\n".utf8)
    if !FileManager.default.fileExists(atPath: history) {
      try Data().write(to: URL(filePath: history))
    }
    let file = try FileHandle(forWritingTo: URL(filePath: history))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: bytes)
  }
}
