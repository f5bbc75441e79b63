/// Which side of a handshake somebody is on.
public enum TLSSide: Sendable {
  /// The side that dials.
  case client
  /// The side that is dialled.
  case server
}
