import ArgumentParser
import Foundation
import Glibc

/// What a run has measured: each figure held against its goal, and appended to the history file so
/// that runs can be plotted over time.
struct Report: ParsableArguments {
  @Option(help: "A file that gets a line of JSON for each figure.") var history: String?

  /// What a figure should be, in its own unit.
  struct Goal {
    enum Bound: String {
      case atMost = "≤"
      case atLeast = "≥"
    }
    var bound: Bound
    var value: Double
    /// Whether the run fails when the goal is missed.
    ///
    /// Goals of speed depend on the machine and only tell.
    var isGate: Bool

    /// Must hold on any machine.
    static func must(_ bound: Bound, _ value: Double) -> Goal {
      Goal(bound: bound, value: value, isGate: true)
    }

    /// Speed that is aimed at.
    static func aim(_ bound: Bound, _ value: Double) -> Goal {
      Goal(bound: bound, value: value, isGate: false)
    }

    func isReached(by figure: Double) -> Bool {
      switch bound {
      case .atMost: figure <= value
      case .atLeast: figure >= value
      }
    }
  }

  /// The figures of a run so far.
  struct Results {
    let benchmark: String
    let history: String?
    fileprivate var lines: [String] = []
    fileprivate var gates = 0
    fileprivate var missedGates = 0

    fileprivate init(_ benchmark: String, history: String?) {
      self.benchmark = benchmark
      self.history = history
    }
  }

  func begin(_ benchmark: String) -> Results { Results(benchmark, history: history) }
}

extension Report.Results {
  /// Notes a figure.
  ///
  /// One that was not measured (not a number) misses its goal.
  mutating func add(
    _ figure: String, _ value: Double, _ unit: String, _ goal: Report.Goal? = nil
  ) throws {
    if let goal {
      let isReached = goal.isReached(by: value)
      if goal.isGate { gates += 1 }
      if goal.isGate, !isReached { missedGates += 1 }
      if !isReached || !goal.isGate {
        lines.append(
          "\(isReached ? "reached" : "missed")\(goal.isGate ? ", a gate" : ""): \(figure): "
            + "\(Self.text(value)) \(unit), \(goal.bound.rawValue) \(Self.text(goal.value))")
      }
    }
    try append(figure, value, unit, goal)
  }

  /// Prints which aims were reached, and which gates were not; ends the program with 1 where one was
  /// missed.
  func finish() throws {
    if gates > 0 || !lines.isEmpty { print() }
    for line in lines { print(line) }
    if gates > 0 { print("gates of \(benchmark): \(gates - missedGates) of \(gates) reached") }
    if missedGates > 0 { throw ExitCode(1) }
  }

  private struct Line: Encodable {
    let time: String
    let benchmark: String
    let figure: String
    let value: Double
    let unit: String
    /// What the figure is compared with, in the same unit.
    let goal: Double?
    let reached: Bool?
    /// The load of the machine over the last minute: above its cores, the figure says little.
    let load: Double
  }

  private func append(
    _ figure: String, _ value: Double, _ unit: String, _ goal: Report.Goal?
  ) throws {
    guard let history, value.isFinite else { return }
    var load = 0.0
    getloadavg(&load, 1)
    let line = Line(
      time: Date().formatted(.iso8601), benchmark: benchmark, figure: figure, value: value,
      unit: unit, goal: goal?.value, reached: goal?.isReached(by: value), load: load)
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

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9
      ? String(format: "%.0f", value) : String(format: "%.2f", value)
  }
}
