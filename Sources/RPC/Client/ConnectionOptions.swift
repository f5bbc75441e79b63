public import NIOCore
public import TLS
public import Wire

/// What a connection is made with.
public struct ConnectionOptions: Sendable {
  /// Certificate (a node's; an operator has none) and trust roots.
  public var tls: TLSContext
  /// The division that the node's certificate must name; nil takes any that the roots vouch for.
  public var expectedDivision: String?
  /// What binds the connection.
  public var limits: WireLimits = .standard
  /// What carries its bytes.
  public var transport = Transport.tcp
  /// How long connecting may take, TLS and sign-in included.
  public var connectTimeout: TimeAmount = .seconds(10)

  /// Options with the standard limits.
  public init(tls: TLSContext, expectedDivision: String?) {
    self.tls = tls
    self.expectedDivision = expectedDivision
  }
}
