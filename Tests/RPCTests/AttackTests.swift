import ExchangeProtos
import NIOCore
import NIOPosix
import RPC
import Testing
import Wire

/// Each attack is bounded in memory and time, and a healthy connection is answered all the while.
@Suite("Attacks", .timeLimit(.minutes(3)), .serialized)
struct AttackTests {
  /// The attack's server: answers at once, with much, as a stream, or never.
  static func network(
    _ change: (inout WireLimits) -> Void = { _ in }, log: ReasonLog = ReasonLog()
  ) async throws -> Network {
    var limits = WireLimits.standard
    change(&limits)
    return try await Network.start(limits: limits, calls: 4096, logger: log.logger) { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
      methods.answerAtOnce(Items.counts) { _, _ in
        log.answers.wrappingAdd(1)
        return longReply
      }
      methods.answer(Account.whoAmI) { _, _ in
        await Task.yield()
        return longName
      }
      methods.stream(Items.list) { _, _, replies in
        while true {
          try await replies.write(listed)
          log.streamed.wrappingAdd(1)
        }
      }
      methods.exchange(Link.exchange) { requests, _, _ in
        log.running.wrappingAdd(1)
        defer { log.running.wrappingAdd(-1) }
        for try await _ in requests {}
      }
    }
  }

  /// Some 100 KiB.
  static let longReply: CountsReply = {
    var reply = CountsReply()
    reply.counts = (0..<1000).map { number in
      var count = Count()
      count.name = String(repeating: "x", count: 100)
      count.value = UInt64(number)
      return count
    }
    return reply
  }()

  /// One of a stream that does not end.
  static let listed: ListReply = {
    var reply = ListReply()
    reply.item = ItemSummary()
    reply.item?.id = [UInt8](repeating: 1, count: 16)
    return reply
  }()

  /// Some 100 KiB too, of a method that waits.
  static let longName: WhoAmIReply = {
    var reply = ProtocolExamples.reply
    reply.node = String(repeating: "1", count: 100_000)
    return reply
  }()

  /// Runs an attack while a healthy connection calls again and again, each time within 5 s.
  private func undisturbed(
    _ network: Network, by attack: () async throws -> Void
  ) async throws {
    let healthy = try await network.connectInTime()
    let calling = Task {
      var calls = 0
      while !Task.isCancelled {
        _ = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
        calls += 1
      }
      return calls
    }
    defer { calling.cancel() }
    try await attack()
    calling.cancel()
    // The call under way may have been cancelled; any other end is a disturbance.
    do {
      #expect(try await calling.value > 0)
    } catch let failure as CallFailure {
      #expect(failure.status == .cancelled)
    }
    _ = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
    await healthy.close()
  }

  // MARK: Before the sign-in

  @Test("Opening and not authenticating ends in time: without TLS, without HELLO, byte by byte")
  func neverAuthenticating() async throws {
    let network = try await Self.network { $0.authenticationMilliseconds = 2000 }
    try await undisturbed(network) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<60 {
          group.addTask {
            switch number % 3 {
            case 0: try await Self.idleSocket(network)
            case 1: try await Self.idlePeer(network) { _ in }
            default: try await Self.idlePeer(network, Self.slowly)
            }
          }
        }
        try await group.waitForAll()
      }
      await network.untilConnections(1)
    }
  }

  private static func idleSocket(_ network: Network) async throws {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: network.server.endpoint.host, port: network.server.endpoint.port).get()
    try await channel.closeFuture.get()
  }

  private static func idlePeer(
    _ network: Network, _ act: @Sendable (RawPeer) -> Void
  ) async throws {
    let peer = try await RawPeer.connect(to: network)
    act(peer)
    let frames = await peer.rest()
    // On a busy machine the time may be over before TLS is up, and nothing can be said.
    guard !frames.isEmpty else { return }
    #expect(frames.map(\.header.type) == [.hello, .goAway])
    #expect(frames.last?.failure?.reason == "authentication-timeout")
  }

  /// A byte every 100 ms: signs of life do not prolong the time.
  private static let slowly: @Sendable (RawPeer) -> Void = { peer in
    var hello = ByteBuffer()
    hello.writeHello(Hello(.standard))
    let bytes = Array(hello.readableBytesView)
    let sent = ReasonLog.Counter()
    let trickle = peer.channel.eventLoop.scheduleRepeatedTask(
      initialDelay: .zero, delay: .milliseconds(100)
    ) { task in
      guard sent.value < bytes.count - 1 else { return task.cancel() }
      peer.send([bytes[sent.value]])
      sent.wrappingAdd(1)
    }
    peer.channel.closeFuture.whenComplete { _ in trickle.cancel() }
  }

  @Test(
    "A giant length is refused with its header, and nothing is reserved for it",
    arguments: [false, true])
  func giantHeader(signedIn: Bool) async throws {
    let log = ReasonLog()
    let network = try await Self.network(log: log)
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      if signedIn { try await peer.signIn() }
      peer.send([0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0])
      #expect(await peer.rest().last?.failure?.reason == "frame-too-long")
    }
    #expect(log.lines.value == 1)
  }

  // MARK: After it

  @Test("A frame that is never finished is silence")
  func unfinishedFrame() async throws {
    let network = try await Self.network { $0.silenceMilliseconds = 3000 }
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn()
      peer.send([0, 0x0f, 0xff, 0xff, 3, 3, 0, 0, 0, 1, 1, 2, 3])
      let frames = await peer.rest()
      #expect(frames.compactMap(\.failure?.reason) == ["silent"])
    }
  }

  @Test("A peer that waits less long than the node's ticks are apart is pinged in time")
  func shortSilence() async throws {
    let network = try await Self.network()
    let peer = try await RawPeer.connect(to: network)
    var hello = Hello(.standard)
    hello.silenceMilliseconds = 1000
    try await peer.signIn(hello)
    let start = NIODeadline.now()
    for _ in 0..<3 { #expect(await peer.next()?.header.type == .ping) }
    #expect(NIODeadline.now() - start < .seconds(20))
    await peer.close()
  }

  @Test("100,000 calls opened at once: those over the limit are shed, the connection lives")
  func tooManyStreams() async throws {
    let log = ReasonLog()
    let network = try await Self.network({ $0.streams = 8 }, log: log)
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn(as: "node:440306")
      let count: UInt32 = 100_000
      peer.send { buffer in
        for stream in 1...count { buffer.writeOpening(stream, Link.exchange.descriptor) }
      }
      var shed = 0
      while shed < count - 8, let frame = await peer.next() {
        guard frame.failure?.reason == "too-many-calls" else {
          Issue.record("\(frame.header)")
          return
        }
        shed += 1
      }
      #expect(shed == Int(count) - 8)
      peer.send { $0.writeCall(count + 1, Bench.submit.descriptor, Network.item) }
      #expect(await peer.next()?.header.stream == count + 1)
      await peer.close()
    }
    await log.untilNothingRuns()
  }

  @Test("Bidirectional calls hold what nobody has taken: few of them are open at once")
  func tooManyExchanges() async throws {
    let log = ReasonLog()
    let network = try await Self.network(log: log)
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn(as: "node:440306")
    let limit = UInt32(WireLimits.standard.exchanges)
    peer.send { buffer in
      for stream in 1...limit + 1 { buffer.writeOpening(stream, Link.exchange.descriptor) }
    }
    let shed = await peer.next()
    #expect(shed?.header.stream == limit + 1)
    #expect(shed?.failure?.reason == "too-many-calls")
    peer.send {
      $0.writeMessageHead(stream: 1, flags: .end, messageBytes: 0)
      $0.writeCancel(stream: 2)
    }
    #expect(await peer.next()?.header.stream == 1)
    peer.send { buffer in
      for stream in limit + 2...limit + 3 {
        buffer.writeOpening(stream, Link.exchange.descriptor)
        buffer.writeMessageHead(stream: stream, flags: .end, messageBytes: 0)
      }
    }
    for _ in 0..<2 { #expect(await peer.next()?.failure == nil) }
    await peer.close()
    await log.untilNothingRuns()
  }

  @Test("A peer that reads no stream holds one window, until the call's time is over")
  func windowExhaustion() async throws {
    let network = try await Self.network()
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      var hello = Hello(.standard)
      hello.streamCreditBytes = 1024
      try await peer.signIn(hello)
      peer.send {
        $0.writeCall(1, Items.list.descriptor, ProtocolExamples.list, milliseconds: 500)
      }
      var bytes = 0
      while let frame = await peer.next(), frame.header.type == .message {
        #expect(bytes < 1024)
        bytes += 10 + frame.payload.count
      }
      #expect(bytes >= 1024)
      peer.send { $0.writePing(1, answer: false) }
      #expect(await peer.next()?.header.type == .ping)
      await peer.close()
    }
  }

  @Test("Credit past the largest ends the connection")
  func creditOverflow() async throws {
    let log = ReasonLog()
    let network = try await Self.network(log: log)
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn(as: "node:440306")
      peer.send {
        $0.writeOpening(1, Link.exchange.descriptor)
        $0.writeCredit(1 << 30, stream: 1)
      }
      #expect(await peer.rest().last?.failure?.reason == "credit-overflow")
    }
    #expect(log.lines.value == 1)
  }

  @Test("A flood of pings: as many answers as the limit says, then the end")
  func pingFlood() async throws {
    let log = ReasonLog()
    let network = try await Self.network(log: log)
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn()
      peer.send { buffer in
        for token in UInt64(0)..<10_000 { buffer.writePing(token, answer: false) }
      }
      let frames = await peer.rest()
      #expect(frames.dropLast().count == WireLimits.standard.pingsPerWindow)
      #expect(frames.dropLast().allSatisfy { $0.header.flags == .end })
      #expect(frames.last?.failure?.reason == "too-many-pings")
    }
    #expect(log.lines.value == 1)
  }

  @Test("Rapid reset: the connection ends, and the work that was begun with it")
  func rapidReset() async throws {
    let log = ReasonLog()
    let network = try await Self.network(log: log)
    try await undisturbed(network) {
      let peer = try await RawPeer.connect(to: network)
      try await peer.signIn(as: "node:440306")
      peer.send { buffer in
        for stream in UInt32(1)...20_000 {
          buffer.writeOpening(stream, Link.exchange.descriptor)
          buffer.writeCancel(stream: stream)
        }
      }
      let frames = await peer.rest()
      #expect(frames.compactMap(\.failure?.reason).last == "too-many-cancels")
    }
    #expect(log.lines.value == 1)
    await log.untilNothingRuns()
  }
}
