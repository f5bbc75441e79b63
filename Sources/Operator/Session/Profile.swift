/// What is remembered of a sign-in: where the node is, who signed in, and the session's credential.
///
/// Never the password.
struct Profile: Codable, Sendable {
  /// `host:port` of the node.
  var node: String
  /// The division that the node's certificate must name.
  var division: String
  /// The operator's account.
  var account: String
  /// The file of the authority that issued the node's certificate.
  var trust: String
  /// The session; nil after signing out.
  var session: Session?

  /// A credential of its own that ends by itself.
  struct Session: Codable, Sendable {
    var name: String
    var secret: String
    /// Milliseconds since 1970.
    var expires: Int64
  }
}
