import RPC
import TestSupport
import Testing

@Suite("A backoff's waits")
struct BackoffTests {
  /// The longest wait of each attempt, in milliseconds.
  static let ceilings = [200.0, 400, 800, 1600, 3200, 6400, 12_800, 15_000, 15_000]

  @Test("Each wait is a random part of a ceiling that doubles, up to 15 s", arguments: 0..<50)
  func bounds(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var backoff = Backoff()
    for ceiling in Self.ceilings {
      let wait = backoff.next(using: &random)
      #expect(wait >= .milliseconds(Backoff.shortestMilliseconds))
      #expect(wait <= .milliseconds(ceiling))
    }
    for _ in 0..<1000 {
      #expect(backoff.next(using: &random) <= .milliseconds(Backoff.longestMilliseconds))
    }
  }

  @Test("The waits spread over the whole range, from the shortest to the ceiling")
  func spread() {
    let sequences = (UInt64(0)..<500).map { seed in
      var random = SeededNumbers(seed: seed)
      var backoff = Backoff()
      return Self.ceilings.map { _ in backoff.next(using: &random) }
    }
    for (attempt, ceiling) in Self.ceilings.enumerated() {
      let waits = sequences.map { $0[attempt] }
      let below = waits.filter { $0 < .milliseconds(ceiling * 0.2) }.count
      let above = waits.filter { $0 > .milliseconds(ceiling * 0.8) }.count
      #expect((30...170).contains(below) && (60...140).contains(above), "\(below) \(above)")
    }
  }

  @Test("After a success the wait is short again", arguments: 0..<50)
  func success(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var backoff = Backoff()
    for _ in 0..<5 { _ = backoff.next(using: &random) }
    backoff.succeeded()
    #expect(backoff.next(using: &random) <= .milliseconds(Backoff.firstMilliseconds))
  }
}
