import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// What a server under attack logs, and how much of its work was done or is under way.
final class ReasonLog: Sendable {
  /// A number that handlers change from any thread.
  final class Counter: Sendable {
    private let box = NIOLockedValueBox(0)
    var value: Int { box.withLockedValue(\.self) }
    func wrappingAdd(_ number: Int) { box.withLockedValue { $0 &+= number } }
  }

  /// Calls that were answered.
  let answers = Counter()
  /// Messages that streams have sent.
  let streamed = Counter()
  /// Lines that were logged.
  let lines = Counter()
  /// Handlers that have begun and not ended.
  let running = Counter()
  /// Why connections were ended, as it is logged.
  let reasons: AsyncStream<String>
  private let continuation: AsyncStream<String>.Continuation

  init() { (reasons, continuation) = AsyncStream.makeStream() }

  var logger: Logger {
    Logger(label: "attack") { [continuation, lines] _ in Handler(continuation, lines) }
  }

  /// Waits until streams send no more.
  func untilStreamsRest() async {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    var last = -1
    while streamed.value != last || last == 0 {
      last = streamed.value
      try? await loop.scheduleTask(in: .milliseconds(200)) {}.futureResult.get()
    }
  }

  /// Waits until every handler has ended.
  func untilNothingRuns() async {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    while running.value > 0 {
      try? await loop.scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
    }
  }

  private struct Handler: LogHandler {
    let continuation: AsyncStream<String>.Continuation
    let lines: Counter
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(_ continuation: AsyncStream<String>.Continuation, _ lines: Counter) {
      self.continuation = continuation
      self.lines = lines
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      lines.wrappingAdd(1)
      // Calls that are refused are logged with their reasons too.
      guard "\(event.message)".hasPrefix("connection ended") else { return }
      if let reason = event.metadata?["reason"] { continuation.yield("\(reason)") }
    }
  }
}
