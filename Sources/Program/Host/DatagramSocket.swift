internal import Glibc

/// Sends datagrams to a socket of this machine: that of the service manager, or of the journal.
public final class DatagramSocket: Sendable {
  private let descriptor: Int32
  private let path: [UInt8]

  /// Nil where the path is none that a socket can have (`sun_path`: 107 bytes), or the system gives no
  /// descriptor.
  ///
  /// - `path`: An absolute path, or `@` and a name in the abstract namespace (unix(7)).
  public init?(_ path: String) {
    let bytes = Array(path.utf8)
    guard bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "@"),
      bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    else { return nil }
    let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return nil }
    self.path = bytes.first == UInt8(ascii: "@") ? [0] + bytes.dropFirst() : bytes
  }

  deinit { close(descriptor) }

  /// Sends one datagram; false where nobody takes it.
  ///
  /// The address is given anew each time: who listens there may have been started again.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = MemoryLayout<sa_family_t>.size + path.count
    let sent = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(
          descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
      }
    }
    return sent == bytes.count
  }
}
