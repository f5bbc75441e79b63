import Foundation
import Ledger
import TestSupport
import Testing

@Suite("The write-ahead log begins anew, whoever has held it up", .timeLimit(.minutes(2)))
struct CheckpointTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var logBytes: Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.ledgerFile + "-wal")
    return attributes?[.size] as? Int ?? 0
  }

  @Test(
    "Fault 30: after a long reader the log is copied back beside the writer, and is short again")
  func afterLongReader() async throws {
    let ledger = try Ledger(path: folder.ledgerFile)
    let made = Made(seed: 30)
    func write() async throws {
      let (item, entered) = made.item(body: [UInt8](repeating: 7, count: 1_000_000))
      _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    }
    try await write()
    let (isReading, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let reader = Task.detached {
      try await ledger.read { ledger in
        let count = try ledger.quarantinedCount()
        isReading.signal()
        mayEnd.wait()
        return count
      }
    }
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        isReading.wait()
        continuation.resume()
      }
    }
    // Twice what the writer would copy itself.
    while logBytes < 64 << 20 { try await write() }
    mayEnd.signal()
    _ = try await reader.value
    while logBytes > 32 << 20 { try await write() }
    #expect(try await ledger.damage() == [])
    try ledger.close()
  }
}
