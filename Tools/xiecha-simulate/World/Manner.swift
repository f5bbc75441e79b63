import TestSupport

/// How a county deals with what is asked of it: shares of its items, from 0 to 1.
struct Manner: Sendable {
  /// Received at all.
  let received: Double
  /// Of the received: answered through the 27th.
  let inCycle: Double
  /// Of the received: answered later, and in time.
  let inTime: Double
  /// Of the received: answered after the due date; the rest never.
  let late: Double

  private static let diligent = Manner(received: 0.995, inCycle: 0.965, inTime: 0.02, late: 0.01)
  private static let fair = Manner(received: 0.97, inCycle: 0.90, inTime: 0.05, late: 0.03)
  private static let slow = Manner(received: 0.90, inCycle: 0.60, inTime: 0.12, late: 0.18)
  private static let absent = Manner(received: 0.50, inCycle: 0.15, inTime: 0.05, late: 0.10)

  static func random(using numbers: inout SeededNumbers) -> Manner {
    switch Double.random(in: 0..<1, using: &numbers) {
    case ..<0.70: diligent
    case ..<0.88: fair
    case ..<0.97: slow
    default: absent
    }
  }
}
