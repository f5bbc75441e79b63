internal import Credentials
internal import ExchangeProtos
internal import Logging
internal import NIOCore
internal import Wire

/// How a call begins and ends.
extension ServerConnection {
  /// Looks the method up, checks who may call it, and starts it.
  func open(
    stream: UInt32, _ head: RequestHead, _ message: UnsafeRawBufferPointer?, ended: Bool
  ) {
    noteCall()
    guard let entry = server.methods.entry(head.method) else {
      server.unknownCalls.count(.unimplemented)
      return refuse(stream, .unknownMethod(head.method), "-", head.trace)
    }
    guard let signedIn, let scope = entry.permission.scope(of: signedIn.caller.role) else {
      entry.tally.count(.permissionDenied)
      let failure = CallFailure.notPermitted(entry.descriptor, self.signedIn?.caller.role)
      if let caller = self.signedIn?.caller {
        server.authenticator.denied(entry.descriptor.fullName, of: caller, failure)
      }
      return refuse(stream, failure, entry.descriptor.fullName, head.trace)
    }
    let deadline =
      head.timeoutMilliseconds == 0
      ? nil : NIODeadline.now() + .milliseconds(Int64(head.timeoutMilliseconds))
    let context = CallContext(signedIn, scope: scope, deadline: deadline, trace: head.trace)
    do throws(CallFailure) {
      if case .exchanging(let start) = entry.implementation {
        guard message == nil else { throw .messageNotExpected }
        try exchange(stream, ended: ended, context, start, entry)
        return
      }
      guard let message, ended else { throw .oneMessageExpected }
      switch entry.implementation {
      case .atOnce(let answer):
        let (start, begun) = (wire.out.writerIndex, NIODeadline.now())
        do throws(CallFailure) {
          try answer(message, wire.arena, context, stream, &wire.out)
          try wire.machine.checkSize(
            payloadBytes: wire.out.writerIndex - start - FrameHeader.byteCount)
          entry.tally.count(.ok, took: .now() - begun)
        } catch {
          wire.out.moveWriterIndex(to: start)
          throw error
        }
      case .waiting(let decode):
        try begin(stream, ended: true, context, .unary, entry) { () throws(CallFailure) in
          let work = try decoded(decode, message)
          return { connection in
            let reply = try await work(context)
            connection.value.finish(stream: stream, reply)
          }
        }
      case .streaming(let decode):
        let handle = streamHandle
        try begin(stream, ended: true, context, .lasting, entry) { () throws(CallFailure) in
          let work = try decoded(decode, message)
          return { connection in
            try await work(context, handle, stream)
            connection.value.finish(stream: stream, .success(()))
          }
        }
      case .exchanging: break
      }
    } catch {
      entry.tally.count(error.status)
      refuse(stream, error, entry.descriptor.fullName, head.trace)
    }
  }

  private func refuse(
    _ stream: UInt32, _ failure: CallFailure, _ method: String, _ trace: TraceContext?
  ) {
    server.refusals.note(
      failure, act: method, account: signedIn?.caller.account, trace: trace)
    wire.out.writeResult(failure, stream: stream)
  }

  private func exchange(
    _ stream: UInt32, ended: Bool, _ context: CallContext, _ start: MethodEntry.Exchanging,
    _ entry: MethodEntry
  ) throws(CallFailure) {
    let limit = server.options.limits.exchanges
    guard exchanges < limit else {
      throw CallFailure(
        .resourceExhausted, .tooManyCalls,
        "this connection may have \(limit) bidirectional calls open",
        retryAfterMilliseconds: 100)
    }
    let (inbox, work) = start(streamHandle, stream)
    if ended { inbox.finish(.success(())) }
    try begin(stream, ended: ended, context, .lasting, entry, inbox: inbox) {
      { connection in
        try await work(context)
        connection.value.finish(stream: stream, .success(()))
      }
    }
  }

  private func decoded<Work>(
    _ decode: (UnsafeRawBufferPointer, MessageArena) throws(MessageRefusal) -> Work,
    _ message: UnsafeRawBufferPointer
  ) throws(CallFailure) -> Work {
    defer { wire.arena.reset() }
    do throws(MessageRefusal) {
      return try decode(message, wire.arena)
    } catch {
      throw CallFailure(error)
    }
  }

  private typealias Work = @Sendable (NIOLoopBound<ServerConnection>) async throws -> Void

  /// Runs work of a call on this loop, and answers with its failure if it fails.
  ///
  /// - `prepare`: reads the request, once the call has a place.
  private func begin(
    _ stream: UInt32, ended: Bool, _ context: CallContext, _ kind: CallKind, _ entry: MethodEntry,
    inbox: (any MessageSink)? = nil, _ prepare: () throws(CallFailure) -> Work
  ) throws(CallFailure) {
    guard let loop, let executor, let share = signedIn?.share else {
      return
    }
    guard server.calls.take(kind, of: share) else { throw .overloaded }
    let work: Work
    do throws(CallFailure) {
      work = try prepare()
    } catch {
      server.calls.giveBack(kind, of: share)
      throw error
    }
    let begun = NIODeadline.now()
    let call = ServerCall(
      deadline: context.deadline, inbox: inbox, method: entry, trace: context.trace, kind: kind,
      begun: begun)
    keep(stream, call, ended: ended)
    if let deadline = context.deadline { wire.cover(deadline) }
    let connection = NIOLoopBound(self, eventLoop: loop)
    let server = server
    let time = context.deadline.map { $0 - begun }
    let start = {
      Task(executorPreference: executor) {
        do {
          try await work(connection)
        } catch {
          let failure = CallFailure(other: error)
          if failure.status == .permissionDenied {
            server.authenticator.denied(entry.descriptor.fullName, of: context.caller, failure)
          }
          if failure.status == .internal {
            server.logger.error(
              "a call failed",
              metadata: ["error": "\(error)", "trace": "\(context.trace?.identity ?? "-")"])
          }
          connection.value.finish(stream: stream, .failure(failure))
        }
        if kind == .unary {
          let now = NIODeadline.now()
          server.calls.learn(took: now - begun, of: time, now: now)
        }
        server.calls.giveBack(kind, of: share)
      }
    }
    // What the work brings about belongs to the caller's trace.
    call.task =
      context.trace == nil
      ? start() : TraceContext.$current.withValue(context.trace, operation: start)
  }

  /// Finishes a unary call with its reply.
  func finish(stream: UInt32, _ reply: any ProtoMessage) {
    guard let call = take(stream) else { return }
    let packed = reply.pack(in: wire.arena)
    do throws(CallFailure) {
      try wire.machine.checkSize(payloadBytes: 1 + packed.byteCount)
      wire.out.writeResultHead(stream: stream, messageBytes: packed.byteCount)
      wire.out.writePacked(packed)
      call.count(.ok)
    } catch {
      call.count(error.status)
      refuse(stream, error, call.method.descriptor.fullName, call.trace)
    }
    wire.arena.reset()
    finished()
  }

  /// Finishes a call that has no reply of its own.
  func finish(stream: UInt32, _ outcome: Result<Void, CallFailure>) {
    guard let call = take(stream) else { return }
    switch outcome {
    case .success:
      call.count(.ok)
      wire.out.writeResultHead(stream: stream, messageBytes: nil)
    case .failure(let failure):
      call.count(failure.status)
      refuse(stream, failure, call.method.descriptor.fullName, call.trace)
    }
    finished()
  }

  private func finished() {
    wire.flushSoon()
    closeIfDone()
  }

  private var streamHandle: StreamHandle {
    StreamHandle(self, loop: loop ?? server.group.any())
  }
}

extension ServerConnection: StreamOwner {
  func trySend(_ message: any ProtoMessage, stream: UInt32) throws -> Bool {
    try wire.trySend(message, stream: stream)
  }

  func whenSendable(_ stream: UInt32, _ waiter: Waiter<Void>) {
    wire.whenSendable(stream, call: calls[stream], waiter)
  }

  /// A server ends its sending with the call's result.
  func endSending(stream: UInt32) {}

  func consumed(stream: UInt32, payloadBytes: Int) {
    wire.consumed(stream: stream, payloadBytes: payloadBytes)
  }

  /// A server that takes no more ends the call when its work returns.
  func stopTaking(stream: UInt32) {}
}

extension CallFailure {
  static func unknownMethod(_ number: UInt32) -> CallFailure {
    CallFailure(
      .unimplemented, .unknownMethod,
      "this node has no method 0x\(String(number, radix: 16)); it may be older than the caller")
  }

  static func notPermitted(_ method: MethodDescriptor, _ role: Role?) -> CallFailure {
    CallFailure(
      .permissionDenied, .wrongRole,
      "the role \(role?.rawValue ?? "none") may not call \(method.fullName)")
  }

  static let overloaded = CallFailure(
    .resourceExhausted, .overloaded, "the node has all the work it can do in time",
    retryAfterMilliseconds: 250)
  static let oneMessageExpected = CallFailure(
    .invalidArgument, .oneMessageExpected, "this method takes exactly one message")
  static let messageNotExpected = CallFailure(
    .invalidArgument, .messageNotExpected, "this method takes its messages after REQUEST")
}
