internal import Credentials
internal import NIOCore
internal import Wire

/// The server's half of one SCRAM exchange: asks for the account, answers, and opens the connection.
///
/// A wrong password, an unknown account and a locked one get the same messages in the same order.
final class ServerAuthentication {
  private let server: ServerShared
  /// Who wants to sign in.
  let peer: SignInPeer
  private var scram: ScramServer
  private var name = ""
  private var isWaiting = false

  init(server: ServerShared, channelBinding: [UInt8], peer: SignInPeer) {
    self.server = server
    self.peer = peer
    scram = ScramServer(channelBinding: channelBinding, decoySecret: server.options.decoySecret)
  }

  func received(_ step: AuthenticationStep, _ message: [UInt8], connection: any SigningInConnection)
  {
    guard !isWaiting else {
      return connection.leave(
        WireViolation(.unexpectedFrame, "AUTHENTICATE before the last was answered").failure)
    }
    switch step {
    case .clientFirst: clientFirst(message, connection)
    case .clientFinal: clientFinal(message, connection)
    case .serverFirst, .serverFinal: break
    }
  }

  private func clientFirst(_ message: [UInt8], _ connection: any SigningInConnection) {
    do {
      name = try scram.clientFirst(message)
    } catch {
      return refuse(connection)
    }
    inTask(connection) { [server, name, peer] () -> SignInCredential? in
      await server.authenticator.credential(of: name, peer: peer)
    } then: { authentication, credential, connection in
      let reply = authentication.scram.serverFirst(
        verifier: credential?.current, previous: credential?.previous,
        decoyIterations: authentication.server.authenticator.decoyIterations(
          of: authentication.name))
      connection.authenticate(.serverFirst, reply)
    }
  }

  private func clientFinal(_ message: [UInt8], _ connection: any SigningInConnection) {
    let proof: [UInt8]
    do {
      proof = try scram.clientFinal(message)
    } catch {
      return refuse(connection)
    }
    guard let proven = scram.proven else { return refuse(connection) }
    inTask(connection) { [server, name, peer] () -> Result<Caller, CallFailure> in
      do throws(CallFailure) {
        return .success(try await server.authenticator.signedIn(name, proven: proven, peer: peer))
      } catch {
        return .failure(error)
      }
    } then: { authentication, outcome, connection in
      switch outcome {
      case .success(let caller):
        guard connection.signedIn(caller) else { return connection.leave(.tooManyConnections) }
        authentication.server.signIns.signedIn(SignInKind(caller))
        connection.authenticate(.serverFinal, proof)
      case .failure(let failure): connection.leave(failure)
      }
    }
  }

  private func refuse(_ connection: any SigningInConnection) {
    server.signIns.refused()
    inTask(connection) { [server, name, peer] in
      async let pause: Void = server.options.pause(ServerOptions.refusalPause)
      await server.authenticator.refused(name, peer: peer)
      await pause
    } then: { _, _, connection in
      connection.leave(
        CallFailure(
          .unauthenticated, .authenticationFailed,
          "the account name or the password is wrong, or the account may not sign in now"))
    }
  }

  /// Waits for the accounts without blocking the loop, then goes on on it.
  private func inTask<Answer: Sendable>(
    _ connection: any SigningInConnection,
    _ ask: @escaping @Sendable () async -> Answer,
    then: @escaping @Sendable (ServerAuthentication, Answer, any SigningInConnection) -> Void
  ) {
    guard let loop = connection.loop, let executor = connection.executor else { return }
    isWaiting = true
    let bound = NIOLoopBound((self, connection as any SigningInConnection), eventLoop: loop)
    Task(executorPreference: executor) {
      let answer = await ask()
      let (authentication, connection) = bound.value
      authentication.isWaiting = false
      guard connection.loop != nil else { return }
      then(authentication, answer, connection)
    }
  }
}

extension SignInKind {
  fileprivate init(_ caller: Caller) {
    self = caller.role.isNode ? .node : caller.session.isEmpty ? .person : .session
  }
}

extension CallFailure {
  fileprivate static let tooManyConnections = CallFailure(
    .resourceExhausted, .tooManyConnections,
    "the account has as many connections open as it may have; close some",
    retryAfterMilliseconds: 10_000)
}
