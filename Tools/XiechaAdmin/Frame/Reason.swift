import ExchangeRules
import Presentation

/// Why an administrator does something: words that say something.
enum Reason {
  /// Bytes of a reason, at most.
  private static let longestBytes = 1000

  /// The words that were given.
  static func read(_ written: String) throws(ProgramFailure) -> String {
    let reason = written.trimmingBlanks
    guard !reason.saysNothing, reason.utf8.count <= longestBytes else {
      throw ProgramFailure(
        .badInput, "reason", chinese: "--reason：请写明理由，最多 \(longestBytes) 字节",
        english: "--reason: say why, in words, at most \(longestBytes) bytes")
    }
    return reason
  }
}
