import Glibc
import Testing

/// A socket of this machine that takes datagrams, as the service manager and the journal do.
final class DatagramReceiver: Sendable {
  private let descriptor: Int32

  /// The longest that a test waits for a datagram, in seconds: far longer than any takes.
  private static let patienceSeconds = 30

  /// Listens at a path, which must be short.
  init(at path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    var patience = timeval(tv_sec: DatagramReceiver.patienceSeconds, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// The next datagram, waited for.
  func next() throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    try #require(count >= 0, "no datagram has come")
    return Array(bytes.prefix(count))
  }

  /// The first datagram, as text, that holds a part.
  func text(with part: String) throws -> String {
    while true {
      let text = String(decoding: try next(), as: UTF8.self)
      if text.contains(part) { return text }
    }
  }
}
