public import RPC
public import TLS

/// What this node proves itself by at a node above, as its program keeps it in files; what is to come
/// during a rotation lies beside it.
public protocol UplinkSecret: Sendable {
  /// The password that is to come; nil: there is none.
  func coming() throws -> String?

  /// Makes the password that is to come, on disk when it returns.
  func makeComing() throws -> String

  /// Puts the password that is to come in the place of the one in force.
  func adoptComing() throws

  /// Throws the password that is to come away; there may be none.
  func discardComing() throws

  /// Its key and certificate, and those that are to come.
  var keys: KeyFiles { get }

  /// Goes by the key, the certificate and the trust that are in the files now.
  func readCertificates() async throws

  /// A connection of its own to the node above.
  func connect(with credential: UplinkCredential) async throws -> RPCConnection
}

/// What a connection to a node above is opened with.
public enum UplinkCredential: Sendable {
  /// The password and the certificate that are in force here.
  case inForce
  /// The password that is to come.
  case comingPassword
  /// The key that is to come, and its certificate.
  case comingKey
}

extension UplinkSecret {
  /// Does something on a connection of its own.
  func onConnection(
    with credential: UplinkCredential, _ work: (RPCConnection) async throws -> Void
  ) async throws {
    let connection = try await connect(with: credential)
    do {
      try await work(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }
}
