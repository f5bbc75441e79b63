import Exchange
import NIOCore
import RPC

/// How an office's node signs in at the one above; its password does not change.
struct OfficeUplink: UplinkSecret {
  let signIn: SignIn
  let endpoint: Endpoint
  let options: RPCConnection.Options
  let group: any EventLoopGroup

  struct NotRotated: Error {}

  func coming() -> String? { nil }
  func makeComing() throws -> String { throw NotRotated() }
  func adoptComing() throws { throw NotRotated() }
  func discardComing() {}

  func connect(withComing: Bool) async throws -> RPCConnection {
    try await RPCConnection.connect(to: endpoint, signIn: signIn, options: options, group: group)
  }
}
