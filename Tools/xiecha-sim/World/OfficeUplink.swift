import Exchange
import NIOCore
import RPC
import TLS

/// How an office's node signs in at the one above; nothing of it changes.
struct OfficeUplink: UplinkSecret {
  let signIn: SignIn
  let endpoint: Endpoint
  let options: RPCConnection.Options
  let keys: KeyFiles
  let group: any EventLoopGroup

  struct NotRotated: Error {}

  func coming() -> String? { nil }
  func makeComing() throws -> String { throw NotRotated() }
  func adoptComing() throws { throw NotRotated() }
  func discardComing() {}

  func readCertificates() {}

  func connect(with credential: UplinkCredential) async throws -> RPCConnection {
    try await RPCConnection.connect(to: endpoint, signIn: signIn, options: options, group: group)
  }
}
