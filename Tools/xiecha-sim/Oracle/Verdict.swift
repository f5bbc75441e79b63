/// What the judge has found wrong, so far.
struct Verdict {
  /// Acknowledged, and not where it should be.
  var lost: [String] = []
  /// Done twice.
  var twice: [String] = []
  /// Everything else that must not be.
  var violations: [String] = []

  var isGood: Bool { lost.isEmpty && twice.isEmpty && violations.isEmpty }

  /// All of it, line by line.
  var lines: [String] {
    lost.map { "lost: \($0)" } + twice.map { "twice: \($0)" }
      + violations.map { "violation: \($0)" }
  }
}
