import NIOCore
import Testing

@testable import RPC

@Suite("Where a sign-in comes from") struct SignInPeerTests {
  @Test(
    "An IPv4 address counts by itself, however it is written; IPv6 by its network",
    arguments: [
      ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
      ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
      ("::1", "0:0:0:0::/64"),
    ])
  func origin(address: String, expected: String) throws {
    let socket = try SocketAddress(ipAddress: address, port: 4711)
    #expect(SignInPeer(certificate: nil, at: socket).address == expected)
  }

  @Test("Nothing is known of a socket without an address")
  func none() throws {
    #expect(SignInPeer(certificate: nil, at: nil).address == "")
    let socket = try SocketAddress(unixDomainSocketPath: "/x")
    #expect(SignInPeer(certificate: nil, at: socket).address == "")
  }
}
