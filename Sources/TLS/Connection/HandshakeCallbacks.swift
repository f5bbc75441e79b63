internal import COpenSSL

/// What OpenSSL asks of this module in the middle of a handshake, as C functions.
struct HandshakeCallbacks: Sendable {
  /// Lets a peer's certificate pass, or not.
  let verifyPeer: @convention(c) (Int32, OpaquePointer?) -> Int32
  /// The revocation lists in force for a certificate that is looked at.
  let findRevocationLists: @convention(c) (OpaquePointer?, OpaquePointer?) -> OpaquePointer?
  /// Keeps a session that a server gave.
  let keepSession: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32
  /// Lets a ticket resume, or not.
  let checkTicket:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, UnsafePointer<UInt8>?, Int, Int32, UnsafeMutableRawPointer?
    ) -> Int32
}
