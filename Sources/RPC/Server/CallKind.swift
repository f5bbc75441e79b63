/// Which places a call takes one of.
enum CallKind {
  /// It is answered once: how long it takes says how much the node can do at once.
  case unary
  /// It lasts as long as the peer likes.
  case lasting
}
