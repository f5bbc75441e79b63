public import Foundation
internal import Glibc

/// The service manager that has started the program, told how it stands (sd_notify(3)); one that was
/// started otherwise tells nobody.
public struct ServiceManager: Sendable {
  private let socket: DatagramSocket?
  /// Within which time the manager wants to hear each time that the program works; nil: never.
  public let watchdog: Duration?

  /// The manager that the environment names.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    socket = environment["NOTIFY_SOCKET"].flatMap(DatagramSocket.init)
    let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
    watchdog =
      isOurs && socket != nil
      ? environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap {
        $0 > 0 ? .microseconds($0) : nil
      } : nil
  }

  /// Tells something, such as `READY=1`.
  public func tell(_ states: String...) {
    socket?.send(Array(states.joined(separator: "\n").utf8))
  }
}
