/// Of which places a call takes one: the unary calls have theirs, and the calls that last theirs.
enum CallKind {
  /// It is answered once: how long it takes says how much the node can do at once.
  case unary
  /// It lasts as long as the peer likes.
  case lasting
}
