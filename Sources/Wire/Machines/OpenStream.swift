/// A call that is under way on a connection, as one side sees it.
struct OpenStream {
  /// What may travel on it.
  var credit: StreamCredit
  /// Whether the other side sends no more messages on it.
  var peerHasEnded: Bool
}
