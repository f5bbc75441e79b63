import NIOCore
import Wire

/// A server's machine, and a peer that sends it frames. (`#expect` cannot hold a value that is not
/// copyable.)
final class ServerUnderTest {
  private var machine: ServerStateMachine

  init(limits: WireLimits = .small) { machine = ServerStateMachine(limits: limits, now: 0) }

  /// A machine whose peer has authenticated.
  static func opened() throws -> ServerUnderTest {
    let server = ServerUnderTest()
    _ = try server.take {
      $0.writeHello(Hello(.small))
      $0.writeAuthenticate(.clientFirst, [1])
      $0.writeAuthenticate(.clientFinal, [2])
    }
    server.authenticated()
    return server
  }

  /// What the machine says of each frame that `write` lays down.
  func take(
    now: UInt64 = 0, _ write: (inout ByteBuffer) -> Void
  ) throws -> [ServerStateMachine.OnFrame] {
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    var buffer = ByteBuffer()
    write(&buffer)
    reader.append(&buffer)
    var said: [ServerStateMachine.OnFrame] = []
    while let next = try reader.next({ header, payload throws(WireViolation) in
      try machine.received(header, payload, now: now)
    }) { said.append(next) }
    return said
  }

  var isOpen: Bool { machine.isOpen }
  var isDone: Bool { machine.isDone }
  var keptStreams: Int { machine.keptStreams }
  var largestPayloadBytes: Int { machine.largestPayloadBytes }
  func authenticated() { machine.authenticated() }
  func keep(stream: UInt32, ended: Bool) { machine.keep(stream: stream, ended: ended) }
  func finish(stream: UInt32) -> Bool { machine.finish(stream: stream) }
  func maySend(stream: UInt32) -> Bool? { machine.maySend(stream: stream) }
  func sent(stream: UInt32, payloadBytes: Int) {
    machine.sent(stream: stream, payloadBytes: payloadBytes)
  }
  func consumed(stream: UInt32, payloadBytes: Int) -> UInt32? {
    machine.consumed(stream: stream, payloadBytes: payloadBytes)
  }
  func checkSize(payloadBytes: Int) throws {
    try machine.checkSize(payloadBytes: payloadBytes)
  }
  func drain() { machine.drain() }
  func tick(now: UInt64) throws -> UInt64? { try machine.tick(now: now) }
}

/// A client's machine, and a node that sends it frames.
final class ClientUnderTest {
  private var machine = ClientStateMachine(limits: .small, now: 0)

  /// A machine whose node has proven itself.
  static func opened() throws -> ClientUnderTest {
    let client = ClientUnderTest()
    _ = try client.take {
      $0.writeHello(Hello(.small))
      $0.writeAuthenticate(.serverFirst, [1])
      $0.writeAuthenticate(.serverFinal, [2])
    }
    client.authenticated()
    return client
  }

  /// What the machine says of each frame that `write` lays down.
  func take(
    now: UInt64 = 0, _ write: (inout ByteBuffer) -> Void
  ) throws -> [ClientStateMachine.OnFrame] {
    var reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    var buffer = ByteBuffer()
    write(&buffer)
    reader.append(&buffer)
    var said: [ClientStateMachine.OnFrame] = []
    while let next = try reader.next({ header, payload throws(WireViolation) in
      try machine.received(header, payload, now: now)
    }) { said.append(next) }
    return said
  }

  var isDone: Bool { machine.isDone }
  var openStreams: Int { machine.openStreams }
  func authenticated() { machine.authenticated() }
  func open(payloadBytes: Int) throws -> UInt32 { try machine.open(payloadBytes: payloadBytes) }
  func cancel(stream: UInt32) -> Bool { machine.cancel(stream: stream) }
}

extension WireLimits {
  /// Small numbers, so that a test reaches them.
  static let small = {
    var limits = WireLimits.standard
    limits.frameBytes = 16 << 10
    limits.unauthenticatedFrameBytes = 1024
    limits.streams = 3
    limits.streamCreditBytes = 1024
    limits.authenticationMilliseconds = 5_000
    limits.silenceMilliseconds = 9_000
    limits.pingsPerWindow = 3
    limits.cancelsPerWindow = 3
    limits.floodWindowMilliseconds = 1_000
    return limits
  }()
}

extension ByteBuffer {
  mutating func writeRequest(
    _ stream: UInt32, method: UInt32 = 7, message: [UInt8]? = [], ended: Bool = true
  ) {
    var flags: FrameFlags = ended ? .end : []
    if message != nil { flags.insert(.message) }
    writeRequestHead(
      RequestHead(method: method, timeoutMilliseconds: 0), stream: stream, flags: flags,
      messageBytes: message?.count ?? 0)
    writeBytes(message ?? [])
  }

  mutating func writeMessage(_ stream: UInt32, _ message: [UInt8]?, ended: Bool = false) {
    var flags: FrameFlags = ended ? .end : []
    if message != nil { flags.insert(.message) }
    writeMessageHead(stream: stream, flags: flags, messageBytes: message?.count ?? 0)
    writeBytes(message ?? [])
  }
}
