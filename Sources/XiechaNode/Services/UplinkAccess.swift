import Exchange
import NIOCore
import RPC
import TLS
import Wire

/// How this node signs in at the one above.
struct UplinkAccess: UplinkSecret {
  let password: UplinkPassword
  let addresses: AddressRound
  let options: RPCConnection.Options
  let keys: KeyFiles
  let group: any EventLoopGroup
  /// Is told of each connection.
  let connected: @Sendable (RPCConnection) -> Void
  /// Makes the node go by what is in its certificate files now.
  let reread: @Sendable () async throws -> Void

  func coming() throws -> String? { try password.coming() }
  func makeComing() throws -> String { try password.makeComing() }
  func adoptComing() throws { try password.adoptComing() }
  func discardComing() throws { try password.discardComing() }
  func readCertificates() async throws { try await reread() }

  func connect(with credential: UplinkCredential) async throws -> RPCConnection {
    var options = options
    if credential == .comingKey { options.tls = try TLSContext(client: keys.coming) }
    let signIn = try credential == .comingPassword ? password.comingSignIn() : password.signIn()
    let connection = try await addresses.first { [options] endpoint async throws(CallFailure) in
      try await RPCConnection.connect(
        to: endpoint, signIn: signIn, options: options, group: group)
    }
    connected(connection)
    return connection
  }
}
