import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite("Requests for certificates, and the network's trust (S8.1)")
struct CertificateRequestTests {
  @Test("one request a node; an answer counts for the request that it was made for")
  func requests() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger)
    let first = StoredRequest(division: "440306", request: [1], certificate: [9], asked: 5)
    try await ledger.commit { try $0.keep(first) }
    let second = StoredRequest(division: "440306", request: [2], certificate: [9], asked: 6)
    try await ledger.commit { ledger in
      #expect(try ledger.answer(first, with: [7]))
      #expect(try ledger.certificateRequest(of: "440306")?.issued == [7])
      try ledger.keep(second)
      #expect(try !ledger.answer(first, with: [8]))
      #expect(try ledger.certificateRequests() == [second])
      try ledger.removeCertificateRequest(of: "440306")
      #expect(try ledger.certificateRequest(of: "440306") == nil)
    }
    try ledger.close()
  }

  @Test("what a node goes by is the last that was applied; those before it never will be")
  func trust() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger)
    try await ledger.commit { ledger in
      #expect(try ledger.trustInForce() == nil)
      for number in 1...3 as ClosedRange<Int64> {
        try ledger.keep(StoredTrust(number: number, bundle: [UInt8(number)], at: 10))
      }
      // Told again, it stays what it was.
      try ledger.keep(StoredTrust(number: 2, bundle: [99], at: 11))
      #expect(try ledger.trust(after: 1)?.bundle == [2])
      #expect(try ledger.trust(after: 3) == nil)
      try ledger.applied(2, at: 20)
      #expect(try ledger.trustInForce()?.number == 2)
      #expect(try ledger.waitingTrust().map(\.number) == [3])
      #expect(try ledger.latestTrust()?.number == 3)
      let node = RegisteredNode(
        division: "440306", name: "样例", fingerprint: [1], isEnabled: true, registered: 1)
      try ledger.register(node)
      #expect(try ledger.recordTrust(2, of: "440306"))
      #expect(try !ledger.recordTrust(2, of: "440306"))
      #expect(try ledger.node("440306")?.trust == 2)
    }
    try ledger.close()
  }

  @Test("S8.2: the office takes note of a changed password once, and who did stays")
  func acknowledged() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger)
    try await ledger.commit { ledger in
      for at in [1, 2] as [Int64] {
        try ledger.keep(PasswordChange(account: "zhang", division: "440306", at: at, by: "zhang"))
      }
      let open = try ledger.openPasswordChanges()
      #expect(open.map(\.at) == [1, 2])
      #expect(try ledger.acknowledgePasswordChange(open[0].number, by: "li", at: 7))
      #expect(try !ledger.acknowledgePasswordChange(open[0].number, by: "wang", at: 8))
      #expect(try ledger.openPasswordChanges().map(\.at) == [2])
      let noted = try #require(try ledger.passwordChanges().last)
      #expect(noted.acknowledged == 7)
      #expect(noted.acknowledgedBy == "li")
    }
    try ledger.close()
  }
}
