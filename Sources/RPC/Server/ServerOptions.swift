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

  /// How long a refused sign-in takes at least, whatever the refusal costs: a failure of an account is
  /// noted on disk, that of a name that is none is not, and the difference would tell them apart.
  ///
  /// Some ten commits of a slow disk.
  public static let refusalPause = Duration.milliseconds(100)
  /// Waits; a test sees that it is asked.
  public var pause: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }

  /// Options with the standard limits.
  public init(tls: TLSContext, limits: WireLimits = .standard, decoySecret: [UInt8]) {
    self.tls = tls
    self.limits = limits
    self.decoySecret = decoySecret
  }
}
