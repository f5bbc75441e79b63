internal import TLS

/// A connection as its server sees it; everything on the connection's loop.
protocol ServedConnection: AnyObject {
  /// The certificate that the peer has presented.
  var certificate: PeerIdentity? { get }
  /// Answers what is open, takes no more, and closes when nothing is open.
  func drain()
  /// Closes at once.
  func drop()
  /// Ends it if its certificate is believed no longer; false if it has ended.
  @discardableResult
  func recheckPeer() -> Bool
  /// Ends it if its account may call no longer.
  func recheckAccount()
}
