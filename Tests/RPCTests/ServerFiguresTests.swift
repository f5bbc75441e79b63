import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("What a server counts", .timeLimit(.minutes(1)))
struct ServerFiguresTests {
  @Test("Each call is counted once, by method and by what it was answered with")
  func calls() async throws {
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
      methods.answer(Account.whoAmI) { _, _ in
        throw CallFailure(.failedPrecondition, .wrongRole, "not now")
      }
      methods.answer(Items.counts) { _, _ in CountsReply() }
    }
    let connection = try await network.connect()
    for _ in 0..<3 { _ = try await connection.call(Bench.submit, Network.item) }
    var short = Network.item
    short.id = [1]
    await #expect(throws: CallFailure.self) { try await connection.call(Bench.submit, short) }
    await #expect(throws: CallFailure.self) {
      try await connection.call(Account.whoAmI, WhoAmIRequest())
    }
    await #expect(throws: CallFailure.self) {
      try await connection.call(Account.closeSession, CloseSessionRequest())
    }
    let reporter = try await network.connect(as: "reporter")
    await #expect(throws: CallFailure.self) {
      try await reporter.call(Items.counts, CountsRequest())
    }
    let figures = network.server.figures
    let methods = Dictionary(uniqueKeysWithValues: figures.methods.map { ($0.name, $0) })
    #expect(methods.count == 3)
    let submitted = try #require(methods[Bench.submit.descriptor.fullName])
    #expect(submitted.answered == [.ok: 3, .invalidArgument: 1])
    #expect(submitted.took.count == 3)
    let asked = try #require(methods[Account.whoAmI.descriptor.fullName])
    #expect(asked.answered == [.failedPrecondition: 1])
    #expect(asked.took.count == 1)
    #expect(
      methods[Items.counts.descriptor.fullName]?.answered == [.permissionDenied: 1])
    #expect(figures.unknownCalls == 1)
    #expect(figures.signedIn == [.person: 2])
  }

  @Test("A call that its caller gives up is counted as cancelled")
  func cancelled() async throws {
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    let (ended, ending) = AsyncStream.makeStream(of: Void.self)
    let network = try await Network.start { methods in
      methods.answer(Account.whoAmI) { _, _ in
        beginning.yield()
        defer { ending.yield() }
        try await Task.sleep(for: .seconds(60))
        return WhoAmIReply()
      }
    }
    let connection = try await network.connect()
    let call = Task { try await connection.call(Account.whoAmI, WhoAmIRequest()) }
    for await _ in begun { break }
    call.cancel()
    for await _ in ended { break }
    #expect(network.server.figures.methods.map(\.answered) == [[.cancelled: 1]])
  }

  @Test("Refused sign-ins and bad ends of connections are counted, whoever it was")
  func refusals() async throws {
    let network = try await Network.start { _ in }
    for name in ["zhang", "nobody"] {
      await #expect(throws: CallFailure.self) {
        try await network.connect(as: name, password: "wrong")
      }
    }
    #expect(network.server.figures.refusedSignIns == 2)
    #expect(network.server.figures.ends == ["authentication-failed": 2])
    #expect(network.server.figures.signedIn.isEmpty)
  }
}
