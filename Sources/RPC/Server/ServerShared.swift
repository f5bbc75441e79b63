internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore

/// What all connections of a server share.
final class ServerShared: Sendable {
  let options: ServerOptions
  let methods: MethodTable
  let authenticator: any Authenticator
  let logger: Logger
  let group: any EventLoopGroup
  let gate = SignInGate()
  let shares = AccountShares()
  let ends: EndLog
  let refusals: RefusalLog
  let calls: CallLimit
  let signIns = SignInTally()
  let unknownCalls = CallTally()
  private let connections =
    NIOLockedValueBox<[ObjectIdentifier: NIOLoopBound<any ServedConnection>]>([:])

  init(
    options: ServerOptions, methods: MethodTable, authenticator: any Authenticator, logger: Logger,
    group: any EventLoopGroup
  ) {
    self.options = options
    self.methods = methods
    self.authenticator = authenticator
    self.logger = logger
    self.group = group
    ends = EndLog(logger)
    refusals = RefusalLog(logger)
    calls = CallLimit(largest: options.calls)
  }

  var connectionCount: Int { connections.withLockedValue(\.count) }

  func add(_ connection: NIOLoopBound<any ServedConnection>, _ identity: ObjectIdentifier) {
    connections.withLockedValue { $0[identity] = connection }
  }

  func remove(_ identity: ObjectIdentifier) {
    connections.withLockedValue { _ = $0.removeValue(forKey: identity) }
  }

  /// The connections that are open now.
  var open: [NIOLoopBound<any ServedConnection>] {
    connections.withLockedValue { Array($0.values) }
  }

  func forEachConnection(_ work: @escaping @Sendable (any ServedConnection) -> Void) {
    for connection in open {
      connection.eventLoop.execute { work(connection.value) }
    }
  }
}
