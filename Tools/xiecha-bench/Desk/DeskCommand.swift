import ArgumentParser
import Foundation
import NIOCore

/// The clerks' to-do page beside a node with many open items.
struct DeskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk",
    abstract: "The desk's to-do page: how soon, how large, and what signed-in clerks cost.",
    discussion: """
      Items come over the exchange to a county's node, before which a desk serves; both run in \
      processes of their own, beside this one, on the same machine. Pages are asked for at a steady \
      rate and timed from when they were due. xiecha-desk must be built beside. The prediction was \
      written before the first measurement.
      """)

  @Option(help: "Open items in the office.") var items = 10_000
  @Option(help: "Clerks who are signed in.") var clerks = 500
  @Option(help: "Clerks whose browsers ask, each over a connection of its own.") var asking = 20
  @Option(help: "Pages a second.") var rate = 200
  @Option(help: "Seconds of it.") var seconds = 20
  @Option(help: "The folder of the stores.") var directory = "."
  @OptionGroup var report: Report

  func validate() throws {
    guard asking >= 1, clerks >= asking, rate >= asking, seconds >= 1 else {
      throw ValidationError("--asking at most --clerks and --rate, --seconds at least 1")
    }
  }

  func run() async throws {
    Memory.raiseFileLimit()
    var results = report.begin("desk")
    let place = try await DeskPlace(items: items, clerks: clerks, directory: directory)
    defer { place.stop() }
    let before = place.residentKibibytes
    let cookies = try await signIn(at: place)
    let memory = (place.residentKibibytes - before) / 1024
    let quiet = try await quiet(at: place, cookies[0])
    let busy = try await busy(at: place, Array(cookies.prefix(asking)))
    let bytes = try await bytes(at: place, cookies[0])
    print("| what | measured | predicted | goal |")
    print("|---|---|---|---|")
    for (what, value, unit, predicted, goal) in [
      ("first byte when quiet, p50", quiet.percentile(0.5) / 1000, "ms", "6", 20),
      ("to-do page at \(rate)/s, p50", busy.percentile(0.5) / 1000, "ms", "5", 50),
      ("to-do page at \(rate)/s, p99", busy.percentile(0.99) / 1000, "ms", "25", 50),
      ("to-do page with its style and script", Double(bytes) / 1000, "kB", "45", 60),
      ("\(clerks) clerks signed in", memory, "MiB", "60", 200),
    ] as [(String, Double, String, String, Double)] {
      print(
        "| \(what) | \(String(format: "%.1f", value)) \(unit) | \(predicted) | ≤ \(Int(goal)) |")
      let isOfSize = unit != "ms"
      try results.add(
        what, value, unit, isOfSize ? .must(.atMost, goal) : .aim(.atMost, goal))
    }
    print("pages: \(busy.count) of \(rate * seconds) asked for")
    try results.finish()
  }

  /// Signs all clerks in, as many at once as the desk lets.
  private func signIn(at place: DeskPlace) async throws -> [String] {
    var cookies: [String] = []
    for number in 0..<clerks { cookies.append(try await place.signIn(number)) }
    return cookies
  }

  /// One page after the other: the time to the first byte.
  private func quiet(at place: DeskPlace, _ cookie: String) async throws -> Latencies {
    try await PageClient.with(port: place.port, tls: place.tls, cookie: cookie) { client in
      var latencies = Latencies()
      for _ in 0..<50 {
        let start = NIODeadline.now()
        let page = try await client.get("/todo")
        guard page.status == 200 else { throw PageClient.NoReply() }
        latencies.add(nanoseconds: (page.firstByte - start).nanoseconds)
      }
      return latencies
    }
  }

  /// Pages at a steady rate, each from when it was due to its last byte.
  private func busy(at place: DeskPlace, _ cookies: [String]) async throws -> Latencies {
    let interval = Int64(1_000_000_000) * Int64(cookies.count) / Int64(rate)
    let pages = rate * seconds / cookies.count
    let (port, tls) = (place.port, place.tls)
    let start = NIODeadline.now() + .milliseconds(200)
    return try await withThrowingTaskGroup(of: Latencies.self) { group in
      for (place, cookie) in cookies.enumerated() {
        let first = start + .nanoseconds(interval * Int64(place) / Int64(cookies.count))
        group.addTask {
          try await PageClient.with(port: port, tls: tls, cookie: cookie) { client in
            var latencies = Latencies()
            for number in 0..<pages {
              let due = first + .nanoseconds(interval * Int64(number))
              let wait = (due - .now()).nanoseconds
              if wait > 0 { try await Task.sleep(for: .nanoseconds(wait)) }
              guard try await client.get("/todo").status == 200 else { throw PageClient.NoReply() }
              latencies.add(nanoseconds: (NIODeadline.now() - due).nanoseconds)
            }
            return latencies
          }
        }
      }
      return try await group.reduce(into: Latencies()) { $0.merge($1) }
    }
  }

  /// The page, and what it loads: the style sheet and the script that it names.
  private func bytes(at place: DeskPlace, _ cookie: String) async throws -> Int {
    try await PageClient.with(port: place.port, tls: place.tls, cookie: cookie) { client in
      let page = try await client.get("/todo")
      let text = String(decoding: page.body, as: UTF8.self)
      var bytes = page.bytes
      for mark in ["rel=\"stylesheet\" href=\"", "<script src=\""] {
        guard let found = text.range(of: mark) else { continue }
        bytes += try await client.get(String(text[found.upperBound...].prefix { $0 != "\"" })).bytes
      }
      return bytes
    }
  }
}
