internal import NIOConcurrencyHelpers
internal import NIOCore
internal import Wire

/// Counts what the calls of one method were answered with, from all loops.
final class CallTally: Sendable {
  private struct Counts {
    var answered = [UInt64](repeating: 0, count: StatusCode.allCases.count)
    var took = LatencyHistogram()
  }

  private let counts = NIOLockedValueBox(Counts())

  /// A call was answered.
  ///
  /// - `took`: nil where it lasted as long as its caller liked.
  func count(_ status: StatusCode, took: TimeAmount? = nil) {
    counts.withLockedValue { counts in
      counts.answered[Int(status.rawValue)] += 1
      if let took { counts.took.add(microseconds: took.nanoseconds / 1000) }
    }
  }

  /// What was counted; nil where the method was never called.
  func figures(of name: String) -> ServerFigures.Method? {
    let counts = counts.withLockedValue(\.self)
    let answered = StatusCode.allCases.compactMap { status -> (StatusCode, UInt64)? in
      let count = counts.answered[Int(status.rawValue)]
      return count == 0 ? nil : (status, count)
    }
    guard !answered.isEmpty else { return nil }
    return ServerFigures.Method(
      name: name, answered: Dictionary(uniqueKeysWithValues: answered), took: counts.took)
  }
}
