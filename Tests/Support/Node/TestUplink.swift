public import Exchange
public import NIOCore
public import RPC
public import TLS

/// How a test's node signs in at the one above.
public struct TestUplink: UplinkSecret {
  private let secret: TestSecret
  private let account: String
  private let options: RPCConnection.Options
  private let group: any EventLoopGroup
  private let endpoint: @Sendable () throws -> Endpoint
  private let reread: @Sendable () async throws -> Void
  /// Its files.
  public let keys: KeyFiles

  /// The way to the node at `endpoint`, with the certificate of a configuration; `reread` makes the
  /// node go by what is in the files now.
  public init(
    secret: TestSecret, account: String, files: TLSConfiguration, options: RPCConnection.Options,
    group: any EventLoopGroup, reread: @escaping @Sendable () async throws -> Void,
    endpoint: @escaping @Sendable () throws -> Endpoint
  ) throws {
    self.secret = secret
    self.account = account
    self.options = options
    self.group = group
    self.endpoint = endpoint
    self.reread = reread
    keys = try KeyFiles(files)
  }

  /// The password that is to come.
  public func coming() -> String? { secret.coming }
  /// Makes the password that is to come.
  public func makeComing() -> String { secret.makeComing() }
  /// Puts the password that is to come in its place.
  public func adoptComing() { secret.adoptComing() }
  /// Throws it away.
  public func discardComing() { secret.discardComing() }
  /// Goes by what is in the files now.
  public func readCertificates() async throws { try await reread() }

  /// There is no password that is to come.
  public struct NoneComing: Error {}

  /// A connection of its own.
  public func connect(with credential: UplinkCredential) async throws -> RPCConnection {
    let known = credential == .comingPassword ? secret.coming : secret.current
    guard let password = known else { throw NoneComing() }
    var options = options
    if credential == .comingKey { options.tls = try TLSContext(client: keys.coming) }
    return try await RPCConnection.connect(
      to: try endpoint(), signIn: SignIn(name: account, password: password), options: options,
      group: group)
  }
}
