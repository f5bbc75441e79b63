import ExchangeRules
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Operator
import Presentation
import RPC
import ServiceLifecycle
import TLS
import UnixSignals

/// The desk as a server: listens until it is asked to stop.
struct Desk: Sendable {
  let settings: DeskSettings
  let book: SessionBook
  private let door: SignInDoor
  private let secured: TLSContext?
  private let now: @Sendable () -> Int64
  private let logger: Logger

  /// Looks at all that the settings name, before it listens.
  init(
    _ settings: DeskSettings, now: @escaping @Sendable () -> Int64, logger: Logger
  ) throws {
    self.settings = settings
    self.now = now
    self.logger = logger
    book = SessionBook(now: now)
    door = try SignInDoor(settings, book: book, now: now)
    secured = try settings.identity.map { identity in
      try TLSContext(
        server: TLSConfiguration(
          certificateChainFile: identity.certificateFile, privateKeyFile: identity.keyFile,
          trustRootsFile: settings.trust, application: .web))
    }
  }

  /// Serves; `listening` is told the port as soon as browsers can come.
  func run(
    stopsOnSignals: Bool = true, listening: @escaping @Sendable (Int) throws -> Void
  ) async throws {
    let secured = secured
    let channel = HTTP1Channel.Configuration(
      idleTimeout: .seconds(Int64(DeskLimits.silenceSeconds)),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: DeskLimits.headerBytes, maxHeaderListSize: DeskLimits.headerBytes,
        maxHeaderFieldCount: DeskLimits.headerFields))
    let application = Application(
      responder: DeskRoutes(
        visits: Visits(book: book, now: now), door: door
      ).responder(),
      server: HTTPServerBuilder { responder in
        DeskChannel(
          base: HTTP1Channel(responder: responder, configuration: channel), context: secured)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(settings.listen.host, port: settings.listen.port),
        availableConnectionsDelegate: MaximumAvailableConnections(DeskLimits.connections)),
      services: [Sweeper(book: book)],
      onServerRunning: { channel in
        // Nobody reads the line: the desk serves all the same.
        try? listening(channel.localAddress?.port ?? 0)
      }, logger: logger)
    if stopsOnSignals {
      try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    } else {
      try await application.run()
    }
  }
}

/// Ends the sessions that nobody uses any more, once a minute.
private struct Sweeper: Service {
  let book: SessionBook

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        try await Task.sleep(for: .seconds(60))
        book.sweep()
      }
    }
  }
}
