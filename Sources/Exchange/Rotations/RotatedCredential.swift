internal import Credentials
internal import Ledger
internal import RPC

/// How one kind of credential is replaced, step by step; ``Rotation`` says when.
///
/// Each step may be taken again: the node may have been killed behind it, before it was noted.
protocol RotatedCredential {
  /// Makes the new one and has it taken above beside the old.
  ///
  /// - Returns: Until when both count there, in milliseconds since 1970; 0: until the new one is used.
  /// - Throws: ``RotationWaits`` where the node above cannot take it yet.
  func offer(_ rotation: StoredRotation, over connection: RPCConnection) async throws -> Int64

  /// Uses the new one, while the old is in its place.
  func prove() async throws

  /// Puts the new one in its place; it may be there already.
  func adopt() async throws

  /// Has the new one taken alone above.
  func retire() async throws

  /// Has the old one taken alone above, and throws the new one away.
  ///
  /// - Returns: ``RotationStep/undone``, or where the rotation goes on because it is too late.
  func goBack() async throws -> RotationStep
}

/// A step that waits for somebody else; nothing is wrong.
struct RotationWaits: Error, CustomStringConvertible {
  /// For whom.
  let description: String
}
