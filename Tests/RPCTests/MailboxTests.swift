import Testing

@testable import RPC

@Suite("What came on a stream and was not taken")
struct MailboxTests {
  private final class Message: Sendable {}

  @Test("What was taken is let go, also when the box never falls empty")
  func letGo() async throws {
    let box = Mailbox<Message>()
    box.put(Message())
    for _ in 0..<100 {
      weak var taken: Message?
      box.put(Message())
      do {
        let message = try await box.next()
        taken = message
        #expect(taken != nil)
      }
      #expect(taken == nil)
    }
  }

  @Test("In order, then the end; what was abandoned is not given out")
  func order() async throws {
    let box = Mailbox<Int>()
    for number in 1...5 { box.put(number) }
    #expect(try await box.next() == 1)
    #expect(box.takeWaiting(upTo: 2) == [2, 3])
    box.finish(.success(()))
    box.put(6)
    #expect(box.takeWaiting(upTo: 9) == [4, 5])
    #expect(try await box.next() == nil)
    let other = Mailbox<Int>()
    other.put(1)
    other.cancel(CancellationError())
    await #expect(throws: CancellationError.self) { _ = try await other.next() }
  }
}
