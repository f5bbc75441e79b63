public import TLS
public import Wire

/// What a server is set up with.
public struct ServerOptions: Sendable {
  /// The certificate, key and trust roots.
  public var tls: TLSContext
  /// What binds each connection.
  public var limits: WireLimits
  /// Connections at once; one more is closed as soon as it is accepted.
  public var connections = 12_000
  /// Waiting calls at once over all connections, at most; one more is shed with
  /// `RESOURCE_EXHAUSTED`.
  ///
  /// A node that would not do so many in time takes fewer.
  public var calls = 4096
  /// Connections of one account at once; a sign-in past them is refused.
  public var connectionsPerAccount = 256
  /// The secret that false salts of unknown accounts are made from; the same after a restart.
  public var decoySecret: [UInt8]

  /// Options with the standard limits.
  public init(tls: TLSContext, limits: WireLimits = .standard, decoySecret: [UInt8]) {
    self.tls = tls
    self.limits = limits
    self.decoySecret = decoySecret
  }
}
