import ExchangeProtos
import Logging
import NIOConcurrencyHelpers
import NIOCore
import RPC
import Testing
import Wire

@Suite("A call belongs to the trace of its caller's request", .timeLimit(.minutes(1)))
struct TraceTests {
  /// What was logged, by field.
  private final class Lines: Sendable {
    private let box = NIOLockedValueBox<[Logger.Metadata]>([])
    var all: [Logger.Metadata] { box.withLockedValue(\.self) }
    var logger: Logger { Logger(label: "traces") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
      let lines: Lines
      var metadata: Logger.Metadata = [:]
      var logLevel = Logger.Level.info
      subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
      }
      func log(event: LogEvent) {
        lines.box.withLockedValue { $0.append(event.metadata ?? [:]) }
      }
    }
  }

  @Test("The handler's work, of whatever shape, sees it, with a parent of the call's own")
  func seen() async throws {
    let seen = NIOLockedValueBox<[TraceContext?]>([])
    let note: @Sendable (TraceContext?) -> Void = { trace in
      seen.withLockedValue { $0.append(trace) }
    }
    let network = try await Network.start { methods in
      methods.answerAtOnce(Bench.submit) { item, context in
        note(context.trace)
        return Network.acknowledge(item)
      }
      methods.answer(Account.whoAmI) { _, _ in
        // A task that the work begins belongs to it too.
        async let trace = TraceContext.current
        note(await trace)
        return ProtocolExamples.reply
      }
      methods.stream(Items.list) { _, _, replies in
        note(TraceContext.current)
        for reply in Transcripts.listed(ListRequest()) { try await replies.write(reply) }
      }
    }
    let connection = try await network.connect()
    let trace = TraceContext.begin()
    try await TraceContext.$current.withValue(trace) {
      _ = try await connection.call(Bench.submit, Network.item)
      _ = try await connection.call(Account.whoAmI, WhoAmIRequest())
      for try await _ in await connection.stream(Items.list, ProtocolExamples.list) {}
    }
    _ = try await connection.call(Account.whoAmI, WhoAmIRequest())
    let traces = seen.withLockedValue(\.self)
    #expect(traces.map { $0?.identity } == [trace.identity, trace.identity, trace.identity, nil])
    #expect(Set(traces.prefix(3)).count == 3)
    #expect(!traces.contains(trace))
  }

  @Test("A refusal is a line of the node's log with the trace, the reason and who was refused")
  func refused() async throws {
    let lines = Lines()
    let network = try await Network.start(logger: lines.logger) { methods in
      methods.answer(Account.whoAmI) { _, context in
        context.note(
          CallFailure(.failedPrecondition, word: "not-answered", field: "id", ""), act: "closed",
          item: "an item")
        throw CallFailure(.failedPrecondition, .wrongRole, field: "actor", "not now")
      }
      methods.answer(Items.counts) { _, _ in CountsReply() }
    }
    let trace = TraceContext.begin()
    let connection = try await network.connect(as: "reporter")
    await TraceContext.$current.withValue(trace) {
      await #expect(throws: CallFailure.self) {
        try await connection.call(Account.whoAmI, WhoAmIRequest())
      }
      await #expect(throws: CallFailure.self) {
        try await connection.call(Items.counts, CountsRequest())
      }
      await #expect(throws: CallFailure.self) {
        try await connection.call(Account.closeSession, CloseSessionRequest())
      }
    }
    let found = lines.all.filter { $0["trace"] == "\(trace.identity)" }
    #expect(
      found.map { $0["reason"] } == [
        "not-answered", "wrong-role", "wrong-role", "unknown-method",
      ])
    #expect(found.map { $0["act"] }.prefix(2) == ["closed", "xiecha.v1.Account/WhoAmI"])
    #expect(found.allSatisfy { $0["account"] == "reporter" })
    #expect(found.first?["item"] == "an item")
    // The sentence is for the operator alone.
    #expect(!lines.all.contains { $0.values.contains("not now") })
  }

  @Test("A flood of refusals is counted, and of each reason so many a minute are told")
  func flood() async throws {
    let lines = Lines()
    let network = try await Network.start(logger: lines.logger) { methods in
      methods.answer(Account.whoAmI) { _, _ in
        throw CallFailure(.failedPrecondition, .busy, "not now")
      }
    }
    let connection = try await network.connect()
    for _ in 0..<30 {
      await #expect(throws: CallFailure.self) {
        try await connection.call(Account.whoAmI, WhoAmIRequest())
      }
    }
    let told = lines.all.filter { $0["reason"] == "busy" }
    #expect(told.count == 20)
    #expect(told.last?["further"] == "counted, not logged, this minute")
  }
}
