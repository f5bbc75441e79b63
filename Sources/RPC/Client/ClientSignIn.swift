internal import Credentials
internal import NIOCore
internal import TLS
internal import Wire

/// How a client's connection begins: `HELLO` and the sign-in, as soon as TLS is up.
extension ClientConnection {
  func handshakeCompleted(_ context: ChannelHandlerContext, _ limits: WireLimits) {
    guard
      let handler = try? context.pipeline.syncOperations.handler(type: TLSHandler.self),
      let binding = handler.exporter(label: "EXPORTER-Channel-Binding", length: 32)
    else {
      return drop(.connectionLost())
    }
    do throws(ScramFailure) {
      var scram = try signIn.client(channelBinding: binding)
      wire.out.writeHello(Hello(limits))
      wire.out.writeAuthenticate(.clientFirst, scram.clientFirst())
      progress = .signingIn(scram, handler.peer)
      wire.flush()
    } catch {
      leave(CallFailure(.invalidArgument, word: error.kind.rawValue, field: "account", error.text))
    }
  }

  func authenticate(_ step: AuthenticationStep, _ message: [UInt8]) {
    guard case .signingIn(var scram, let node) = progress, let context = wire.context else {
      return
    }
    switch step {
    case .serverFirst:
      // Deriving keys takes long: not on the loop, where other connections live.
      let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
      let loop = context.eventLoop
      Task.detached {
        let outcome = Result { try scram.clientFinal(serverFirst: message) }
        let after = scram
        loop.execute { owner.value.prove(after, node, outcome) }
      }
    case .serverFinal:
      do {
        try scram.finish(serverFinal: message)
        signIn.keep(scram.saltedPassword)
        signedIn(node)
      } catch {
        leave(.wrongServerProof)
      }
    case .clientFirst, .clientFinal: break
    }
  }

  private func prove(
    _ scram: ScramClient, _ node: PeerIdentity?, _ proof: Result<[UInt8], any Error>
  ) {
    switch proof {
    case .success(let message):
      progress = .signingIn(scram, node)
      wire.out.writeAuthenticate(.clientFinal, message)
      wire.flush()
    case .failure: leave(.wrongServerProof)
    }
  }
}
