public import FuzzTargets

/// What calls are made of: messages, sign-ins and handshakes.
public enum RPCTargets {
  /// Each with the folder of its corpus.
  public static let all = [
    // Every message type.
    FuzzTarget("messages", MessageInput.run),
    // The node's side of a sign-in.
    FuzzTarget("scram-server", ScramServerInput.run),
    // The client's side of a sign-in.
    FuzzTarget("scram-client", ScramClientInput.run),
    // The node's side of a TLS handshake, in pieces.
    FuzzTarget("tls-server", HandshakeInput.asServer),
    // The client's side of a TLS handshake, in pieces.
    FuzzTarget("tls-client", HandshakeInput.asClient),
  ]
}
