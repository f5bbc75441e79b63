import Credentials
import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("Calls over real TLS", .timeLimit(.minutes(1)))
struct CallTests {
  @Test("A unary call is answered at once, and by work that waits")
  func unary() async throws {
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
      methods.answer(Account.whoAmI) { _, context in
        await Task.yield()
        var reply = WhoAmIReply()
        var actor = Actor()
        actor.account = context.caller.account
        actor.role = context.caller.role.rawValue
        actor.division = context.caller.division
        reply.actor = actor
        reply.node = "440306"
        return reply
      }
    }
    let connection = try await network.connect()
    #expect(try await connection.call(Bench.submit, Network.item).id == Network.item.id)
    #expect(
      try await connection.call(Account.whoAmI, WhoAmIRequest()).actor?.account == "zhang")
    await connection.close()
    await network.server.drain(within: .seconds(1))
  }

  @Test("Many calls at once on one connection, each with its own answer")
  func many() async throws {
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    }
    let connection = try await network.connect()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<500 {
        group.addTask {
          var item = Network.item
          item.id[0] = UInt8(number % 256)
          return try await connection.call(Bench.submit, item).id == item.id
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test("A refused message names its field; the connection goes on")
  func refusedMessage() async throws {
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    }
    let connection = try await network.connect()
    var short = Network.item
    short.id = [1]
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Bench.submit, short)
    }
    #expect(failure?.status == .invalidArgument)
    #expect(failure?.field == "id")
    _ = try await connection.call(Bench.submit, Network.item)
  }

  @Test("Unknown method, wrong role: each its status and reason; the connection goes on")
  func refusedCalls() async throws {
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
      methods.answer(Items.counts) { _, _ in CountsReply() }
    }
    let connection = try await network.connect(as: "reporter")
    let wrongRole = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Items.counts, CountsRequest())
    }
    #expect(wrongRole?.reason == "wrong-role")
    let unknown = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Account.whoAmI, WhoAmIRequest())
    }
    #expect(unknown?.status == .unimplemented)
    _ = try await connection.call(Bench.submit, Network.item)
  }

  @Test("A deadline ends the call on both sides; cancelling reaches the handler")
  func deadlineAndCancellation() async throws {
    let (ended, endings) = AsyncStream.makeStream(of: Bool.self)
    let network = try await Network.start { methods in
      methods.answer(Items.counts) { _, _ in
        do {
          try await Task.sleep(for: .seconds(60))
        } catch {
          endings.yield(Task.isCancelled)
        }
        return CountsReply()
      }
    }
    let connection = try await network.connect()
    let late = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Items.counts, CountsRequest(), timeout: .milliseconds(500))
    }
    #expect(late?.status == .deadlineExceeded)
    var endingsSeen = ended.makeAsyncIterator()
    #expect(await endingsSeen.next() == true)

    let task = Task { try await connection.call(Items.counts, CountsRequest()) }
    await Task.yield()
    task.cancel()
    let cancelled = await task.result
    #expect(throws: CallFailure.self) { _ = try cancelled.get() }
  }

  @Test("Past its limit a server sheds calls with a hint, and answers those it took")
  func overload() async throws {
    let (gate, opening) = AsyncStream.makeStream(of: Void.self)
    let (entered, entering) = AsyncStream.makeStream(of: Void.self)
    let network = try await Network.start(calls: 1) { methods in
      methods.answer(Items.counts) { _, _ in
        entering.yield()
        for await _ in gate {}
        return CountsReply()
      }
    }
    let connection = try await network.connect()
    async let first = connection.call(Items.counts, CountsRequest())
    for await _ in entered { break }
    let shed = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Items.counts, CountsRequest())
    }
    #expect(shed?.status == .resourceExhausted)
    #expect((shed?.retryAfterMilliseconds ?? 0) > 0)
    opening.finish()
    _ = try await first
  }
}
