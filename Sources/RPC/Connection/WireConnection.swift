internal import ExchangeProtos
internal import NIOCore
internal import Wire

/// What both ends of a connection do in the same way: split what comes into frames, gather what goes
/// out, send on streams as credit allows, and keep time.
///
/// What a frame means, and what the end of a connection does to its calls, is for its owner. All
/// runs on the connection's loop.
final class WireConnection<Machine: ConnectionMachine & ~Copyable> {
  /// What is gathered for one write, in bytes.
  ///
  /// A buffer that a rare large message has made larger is given back.
  static var writeBytes: Int { 128 << 10 }

  let arena = MessageArena()
  /// What is gathered for the next write.
  var out = ByteBuffer()
  /// The channel's place; nil once the connection is over.
  private(set) var context: ChannelHandlerContext?
  /// When the loop last looked at this connection.
  private(set) var now: NIODeadline
  /// Whether the loop is inside a read, whose end flushes.
  private(set) var isReading = false
  /// Frames that came since the last flush.
  private(set) var framesSinceFlush = 0
  /// Whether the socket takes more now.
  private(set) var isWritable = true
  private var flushIsScheduled = false
  private var timers = ConnectionTimers()
  private var reader: FrameReader
  private weak var owner: (any WireConnectionOwner)?
  var machine: Machine

  init(_ machine: consuming Machine, now: NIODeadline) {
    self.now = now
    reader = FrameReader(largestPayloadBytes: machine.largestPayloadBytes)
    self.machine = machine
  }

  /// Takes its place in the pipeline: the clocks run from here on, until ``stop()``.
  func start(
    _ context: ChannelHandlerContext, limits: WireLimits, owner: any WireConnectionOwner
  ) {
    self.context = context
    self.owner = owner
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.start(on: context.eventLoop, limits: limits) { bound.value.owner?.tick() }
  }

  /// The channel is closed: the clocks stop; false if they stood still already.
  func stop() -> Bool { timers.stop() }

  /// The owner has left the pipeline.
  func removed() {
    context = nil
    isWritable = false
  }

  /// Closes the channel, without a word to the other side.
  func close() { context?.close(promise: nil) }

  // MARK: Input

  func append(_ bytes: inout ByteBuffer) { reader.append(&bytes) }

  /// Takes the frames that have come, until they end or `goesOn` says no.
  func takeFrames(
    while goesOn: () -> Bool = { true },
    _ take: (FrameHeader, UnsafeRawBufferPointer) throws(WireViolation) -> Void
  ) throws(WireViolation) {
    now = .now()
    isReading = true
    defer { isReading = false }
    while goesOn(),
      try reader.next({ header, payload throws(WireViolation) in
        try take(header, payload)
        return true
      }) != nil
    {
      framesSinceFlush += 1
      reader.largestPayloadBytes = machine.largestPayloadBytes
    }
  }

  /// The sign-in is over: larger frames may come.
  func signedIn() {
    machine.authenticated()
    // Inside of a read the reader is told after this frame, as after each.
    if !isReading { reader.largestPayloadBytes = machine.largestPayloadBytes }
  }

  // MARK: Output

  /// The socket takes more again, or no more.
  func writabilityChanged(_ context: ChannelHandlerContext) {
    isWritable = context.channel.isWritable
  }

  /// Whether enough is gathered for a write.
  var isFull: Bool { out.readableBytes > Self.writeBytes }

  /// Sends what was gathered, now if the loop is not inside a read of this connection; at once if it
  /// is much, so that the channel says in time when the other side takes no more.
  func flushSoon() {
    guard !isReading, let context else { return }
    if isFull { return flush() }
    guard !flushIsScheduled else { return }
    flushIsScheduled = true
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute { bound.value.flush() }
  }

  func flush() {
    flushIsScheduled = false
    framesSinceFlush = 0
    guard out.readableBytes > 0, let context else { return }
    machine.wrote(now: now.milliseconds)
    // Writing may lead back here when it makes the channel writable: what is on its way is out of
    // `out` by then.
    var written = ByteBuffer()
    swap(&written, &out)
    context.writeAndFlush(NIOAny(written), promise: nil)
    if out.capacity == 0, written.capacity <= Self.writeBytes {
      written.clear()
      out = written
    }
    if !isWritable { owner?.outputWaits(context) }
  }

  // MARK: Streams

  /// Sends a message if credit and the socket allow; false: ``whenSendable(_:call:_:)`` tells when.
  func trySend(_ message: any ProtoMessage, stream: UInt32) throws -> Bool {
    guard let maySend = machine.maySend(stream: stream) else { throw CallFailure.streamIsOver }
    guard maySend, isWritable else { return false }
    let packed = message.pack(in: arena)
    defer { arena.reset() }
    try machine.checkSize(payloadBytes: packed.byteCount)
    out.writeMessageHead(stream: stream, flags: .message, messageBytes: packed.byteCount)
    out.writePacked(packed)
    machine.sent(stream: stream, payloadBytes: packed.byteCount)
    flushSoon()
    return true
  }

  /// Resumes the waiter when the call of a stream may send, or with the reason why it never will.
  func whenSendable(_ stream: UInt32, call: (any OpenCall)?, _ waiter: Waiter<Void>) {
    guard let call, let maySend = machine.maySend(stream: stream) else {
      return waiter.resume(throwing: CallFailure.streamIsOver)
    }
    if maySend, isWritable {
      waiter.resume()
    } else {
      call.waiters.add(waiter)
    }
  }

  /// Books that the application took a message, and grants credit for more.
  func consumed(stream: UInt32, payloadBytes: Int) {
    guard let grant = machine.consumed(stream: stream, payloadBytes: payloadBytes) else { return }
    out.writeCredit(grant, stream: stream)
    flushSoon()
  }

  // MARK: Time

  /// Looks whether the other side lives, and says that this one does.
  ///
  /// - Throws: ``WireViolation``: it is silent, or late with its sign-in.
  func checkLiveness() throws(WireViolation) {
    now = .now()
    guard let token = try machine.tick(now: now.milliseconds) else { return }
    out.writePing(token, answer: false)
    flush()
  }

  /// For another side that waits less long than the ticks are apart.
  func startPings() {
    guard let context, let interval = machine.pingMilliseconds else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.ping(every: interval, on: context.eventLoop) { bound.value.owner?.checkLiveness() }
  }

  /// Makes sure that the owner ends its overdue calls when a deadline has passed.
  func cover(_ deadline: NIODeadline) {
    guard let context else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.cover(deadline, on: context.eventLoop) { bound.value.owner?.endOverdue() }
  }

  /// The streams of calls whose time is over; the deadlines of the others are covered anew.
  func overdue(in calls: StreamTable<some OpenCall>) -> [UInt32] {
    timers.deadlinesLookedAt()
    now = .now()
    var overdue: [UInt32] = []
    for (stream, call) in calls.all {
      guard let deadline = call.deadline else { continue }
      if deadline <= now {
        overdue.append(stream)
      } else {
        cover(deadline)
      }
    }
    return overdue
  }
}
