/// A connection as its server sees it; everything on the connection's loop.
protocol ServedConnection: AnyObject {
  /// Answers what is open, takes no more, and closes when nothing is open.
  func drain()
  /// Closes at once.
  func drop()
  /// Ends it if its certificate has been revoked since; false if it has ended.
  @discardableResult
  func recheckPeer() -> Bool
}
