import Credentials
import ExchangeRules
import Foundation
import Ledger
import Testing

@testable import Exchange

@Suite("PROTOCOL.md says what a link does")
struct ProtocolTests {
  private let text: String
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    text = try String(
      contentsOf: Self.root.appendingPathComponent("Protos/PROTOCOL.md"), encoding: .utf8)
  }

  private func grouped(_ value: Int) -> String {
    let digits = "\(value)".reversed().map(String.init)
    return stride(from: 0, to: digits.count, by: 3)
      .map { digits[$0..<min($0 + 3, digits.count)].reversed().joined() }
      .reversed().joined(separator: ",")
  }

  @Test("The limit of an event's detail")
  func detail() {
    #expect(text.contains("| events of an item | \(LedgerLimits.eventsOfItem) |"))
    #expect(text.contains("the item has \(LedgerLimits.eventsOfItem) events"))
    #expect(text.contains("| detail of an event | \(grouped(LedgerLimits.bodyBytes)) bytes |"))
    #expect(text.contains("at most \(grouped(LedgerLimits.bodyBytes)) bytes (`event-too-long`)"))
  }

  @Test("What is kept of an account and of a neighbour")
  func kept() {
    let sessions = SessionLimits.standard.sessionsOfAccount
    #expect(text.contains("| sessions open of an account | \(sessions) |"))
    #expect(text.contains("at most \(sessions) open"))
    let ahead = grouped(Int(LinkCatchUp.waitingEvents))
    #expect(text.contains("while over \(ahead) events wait to be acknowledged"))
    let most = grouped(LedgerLimits.quarantinedOfPeer)
    #expect(text.contains("| events set aside of a neighbour | \(most) |"))
    #expect(text.contains("the newest \(most) are kept"))
    #expect(text.contains("and at most \(LedgerLimits.quarantinedBytesOfPeer >> 20) MiB"))
    #expect(text.contains("the newest \(grouped(LedgerLimits.objectionsOfPeer)) objections"))
  }

  @Test("Every reason of the rules, and no other")
  func reasonsOfRules() throws {
    let lines = text.split(separator: "\n")
    let line = try #require(lines.first { $0.contains("The reasons of the rules: ") })
    let listed = line.split(separator: "The reasons of the rules: ").last?
      .split(separator: ", ").map { $0.filter { $0 != "`" && $0 != "." } }
    #expect(listed == RuleReason.allCases.map(\.rawValue).sorted())
  }

  @Test("The names of sessions")
  func sessions() {
    #expect(text.contains("`\(SessionCredential.namePrefix)…`"))
  }
}
