public import RPC

/// The password of this node's account at a node above, as the node's program keeps it: in a file,
/// and during a rotation the one that is to come in a file beside it.
public protocol UplinkSecret: Sendable {
  /// The password that is to come; nil: there is none.
  func coming() throws -> String?

  /// Makes the password that is to come, on disk when it returns.
  func makeComing() throws -> String

  /// Puts the password that is to come in the place of the one in force.
  func adoptComing() throws

  /// Throws the password that is to come away; there may be none.
  func discardComing() throws

  /// A connection of its own to the node above, signed in with the password that is to come, or with
  /// the one in force.
  func connect(withComing: Bool) async throws -> RPCConnection
}
