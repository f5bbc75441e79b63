import ArgumentParser
import Foundation
import NIOCore
import NIOPosix
import TLS

/// The floor's server: messages over TLS, without the protocol.
struct BareServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-bare", abstract: "The floor of the cost benchmark.", shouldDisplay: false)

  @Option var certificates: String

  func run() async throws {
    ParentWatch.exitWithParent()
    let context = try Certificates(directory: certificates).server()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            TLSHandler(context: context), BareEnd.server())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    guard let port = channel.localAddress?.port else { throw Subprocess.Ended() }
    FileHandle.standardOutput.write(Data("ready \(port)\n".utf8))
    while true { try await Task.sleep(for: .seconds(3600)) }
  }
}
