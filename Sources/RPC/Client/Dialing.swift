internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
internal import TLS
internal import Wire

/// One attempt to connect and sign in, which time or cancellation may end at any step.
final class Dialing: Sendable {
  private struct State {
    var ending: CallFailure?
    var tried: [NIOLoopBound<ClientConnection>] = []
  }

  /// What a channel brings along: a name may have several addresses, and each is tried on its own.
  struct Dialled: Sendable {
    let channel: any Channel
    let handler: NIOLoopBound<ClientConnection>
    let isLeaving: NIOLockedValueBox<Bool>
    let ready: EventLoopFuture<Void>
  }

  private let endpoint: Endpoint
  private let signIn: SignIn
  private let options: ConnectionOptions
  private let state = NIOLockedValueBox(State())

  init(endpoint: Endpoint, signIn: SignIn, options: ConnectionOptions) {
    self.endpoint = endpoint
    self.signIn = signIn
    self.options = options
  }

  /// - Throws: ``Wire/CallFailure``; no call was begun.
  func connect(on loop: any EventLoop) async throws(CallFailure) -> Dialled {
    let timer = loop.scheduleTask(in: options.connectTimeout) { self.end(.noAnswer) }
    defer { timer.cancel() }
    do {
      return try await withTaskCancellationHandler {
        let dialled = try await dial(on: loop)
        try await dialled.ready.get()
        return dialled
      } onCancel: {
        end(.givenUp)
      }
    } catch {
      throw failure(error).notBegun
    }
  }

  private func dial(on loop: any EventLoop) async throws -> Dialled {
    if let open = options.transport.open {
      let dialled = NIOLockedValueBox<Dialled?>(nil)
      try await open(endpoint) { channel in
        let prepared = try self.prepare(channel)
        dialled.withLockedValue { $0 = prepared }
      }
      guard let dialled = dialled.withLockedValue(\.self) else { throw CallFailure.noAnswer }
      return dialled
    }
    return try await ClientBootstrap(group: loop)
      .connectTimeout(options.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connect(host: endpoint.host, port: endpoint.port) { channel in
        channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
      }
  }

  private func prepare(_ channel: any Channel) throws -> Dialled {
    let ready = channel.eventLoop.makePromise(of: Void.self)
    let isLeaving = NIOLockedValueBox(false)
    let connection = ClientConnection(
      tls: options.tls, limits: options.limits, signIn: signIn, ready: ready, isLeaving: isLeaving)
    let handler = NIOLoopBound(connection, eventLoop: channel.eventLoop)
    do {
      try channel.pipeline.syncOperations.addHandlers([
        TLSHandler(context: options.tls, expectedPeerDivision: options.expectedDivision),
        connection,
      ])
    } catch {
      ready.fail(error)
      throw error
    }
    let ending = state.withLockedValue { state in
      state.tried.append(handler)
      return state.ending
    }
    if let ending { throw ending }
    return Dialled(
      channel: channel, handler: handler, isLeaving: isLeaving, ready: ready.futureResult)
  }

  /// Ends the attempt at whatever step it is.
  private func end(_ failure: CallFailure) {
    let tried = state.withLockedValue { state in
      if state.ending == nil { state.ending = failure }
      return state.tried
    }
    for handler in tried {
      handler.eventLoop.execute { handler.value.drop(failure) }
    }
  }

  private func failure(_ error: any Error) -> CallFailure {
    if let ending = state.withLockedValue(\.ending) { return ending }
    let failure = CallFailure(connecting: error)
    guard failure.reason == FailureReason.unreachable.rawValue else { return failure }
    return CallFailure(
      .unavailable, .unreachable, "\(endpoint) cannot be reached: \(failure.text)")
  }
}
