public import FuzzTargets

/// What a peer sends once the connection stands.
public enum WireTargets {
  /// Each with the folder of its corpus.
  public static let all = [
    // Frames and the server's machine, as a client sends them.
    FuzzTarget("server-connection", ServerConnectionInput.run),
    // Frames and the client's machine, as a node sends them.
    FuzzTarget("client-connection", ClientConnectionInput.run),
  ]
}
