internal import NIOCore
public import TLS

/// Who stands at the other end of a connection before it has signed in.
public struct SignInPeer: Sendable, Hashable {
  /// The certificate that it has presented; nil: none.
  public var certificate: PeerIdentity?
  /// Where it stands: an IPv4 address, or the network of an IPv6 one, of which a household has 2⁶⁴
  /// addresses; empty: unknown.
  public var address: String

  /// A peer.
  public init(certificate: PeerIdentity? = nil, address: String = "") {
    self.certificate = certificate
    self.address = address
  }

  init(certificate: PeerIdentity?, at socket: SocketAddress?) {
    self.certificate = certificate
    address = socket?.origin ?? ""
  }
}

extension SocketAddress {
  /// What counts as one place: an IPv4 address, also one that is written as IPv6, or the first 64 bits
  /// of an IPv6 address.
  fileprivate var origin: String? {
    guard let text = ipAddress, case .v6 = self else { return ipAddress }
    let mapped = "::ffff:"
    if text.hasPrefix(mapped), text.contains(".") { return String(text.dropFirst(mapped.count)) }
    // As inet_ntop writes it: "::" stands once at most, for all groups that are missing.
    let ends = text.prefix { $0 != "%" }.split(separator: "::", omittingEmptySubsequences: false)
    let first = ends[0].split(separator: ":")
    let last = ends.count == 1 ? [] : ends[1].split(separator: ":")
    let groups = first + repeatElement("0", count: max(0, 8 - first.count - last.count)) + last
    return groups.prefix(4).joined(separator: ":") + "::/64"
  }
}
