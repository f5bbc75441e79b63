import Credentials
import TestSupport
import Testing

@testable import Ledger

@Suite("What a neighbour is told of the log shows that it has only grown (RFC 9162, 2.1)")
struct LogTailTests {
  private struct Signer: LogSigner {
    let fingerprint = [UInt8](repeating: 9, count: 32)
    func sign(_ bytes: [UInt8], at _: Int64) -> [UInt8] { SHA256Digest.of([7] + bytes) }
  }

  private let folder: TemporaryFolder
  private let made = Made(seed: 5)

  init() throws { folder = try TemporaryFolder() }

  /// A ledger with so many pages, the last ones unsigned.
  private func ledger(pages: Int, unsigned: Int = 0) async throws -> Ledger {
    let signed = try Ledger(path: folder.ledger)
    signed.sign(by: Signer())
    for _ in 0..<pages - unsigned { try await write(to: signed) }
    try signed.close()
    let ledger = try Ledger(path: folder.ledger)
    for _ in 0..<unsigned { try await write(to: ledger) }
    return ledger
  }

  private func write(to ledger: Ledger) async throws {
    let (item, entered) = made.item()
    _ = try await ledger.commit { try $0.insert(item, entered: entered) }
  }

  @Test("Tails one behind the other lead to the log that was signed", arguments: [1, 2, 3, 64])
  func follow(limit: Int) async throws {
    let ledger = try await ledger(pages: 21)
    var (log, tails) = (GrowingHashTree(), 0)
    while let tail = try await ledger.read({ [log] in
      try $0.logTail(after: Int64(log.count), limit: limit)
    }) {
      let statement = try #require(tail.follow(&log))
      #expect(tail.signature == Signer().sign(statement, at: 0))
      tails += 1
    }
    #expect(log.count == 21)
    #expect(tails == (21 + limit - 1) / limit)
    let last = try #require(try await ledger.read { try $0.lastLogPage() })
    #expect(log.root == last.log)
  }

  @Test("Pages that nobody has signed yet are told with the next that is signed")
  func unsigned() async throws {
    let ledger = try await ledger(pages: 7, unsigned: 2)
    #expect(try await ledger.read { try $0.logTail(after: 0, limit: 64)?.last } == 5)
    #expect(try await ledger.read { try $0.logTail(after: 5, limit: 64) } == nil)
    ledger.sign(by: Signer())
    try await write(to: ledger)
    #expect(try await ledger.read { try $0.logTail(after: 5, limit: 64)?.last } == 8)
  }

  @Test(
    "What was changed, left out or begins elsewhere does not follow",
    arguments: [
      "a time", "a root", "a page less", "a page more", "another end", "a gap", "again",
      "a short root",
    ])
  func refused(_ change: String) async throws {
    let ledger = try await ledger(pages: 9)
    var log = GrowingHashTree()
    let first = try #require(try await ledger.read { try $0.logTail(after: 0, limit: 4) })
    #expect(first.follow(&log) != nil)
    var tail = try #require(try await ledger.read { try $0.logTail(after: 4, limit: 4) })
    switch change {
    case "a time": tail.pages[1].at += 1
    case "a root": tail.pages[2].root[0] ^= 1
    case "a page less": tail.pages.removeLast()
    case "a page more": tail.pages.append(tail.pages[0])
    case "another end": tail.log[31] ^= 1
    case "a gap": tail.first += 1
    case "again": tail = first
    default: tail.pages[0].root.removeLast()
    }
    let before = log
    #expect(tail.follow(&log) == nil)
    #expect(log == before)
  }
}
