/// What is remembered of a sign-in: where the node is, who signed in, and the session's credential.
///
/// Never the password.
public struct Profile: Codable, Sendable {
  /// `host:port` of the node.
  public var node: String
  /// The division that the node's certificate must name.
  public var division: String
  /// The operator's account.
  public var account: String
  /// The file of the authority that issued the node's certificate.
  public var trust: String
  /// The operator's own certificate, shown beside the password; nil: none.
  public var certificate: String?
  /// The file of its private key.
  public var key: String?
  /// The session; nil after signing out.
  public var session: Session?

  /// A sign-in of its parts.
  public init(
    node: String, division: String, account: String, trust: String, certificate: String? = nil,
    key: String? = nil, session: Session? = nil
  ) {
    self.node = node
    self.division = division
    self.account = account
    self.trust = trust
    self.certificate = certificate
    self.key = key
    self.session = session
  }

  /// A credential of its own that ends by itself.
  public struct Session: Codable, Sendable {
    /// The session's name.
    public var name: String
    /// The session's secret.
    public var secret: String
    /// Milliseconds since 1970.
    public var expires: Int64

    /// A session as the node gave it.
    public init(name: String, secret: String, expires: Int64) {
      self.name = name
      self.secret = secret
      self.expires = expires
    }
  }
}
