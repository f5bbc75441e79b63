import Foundation
import Glibc
import TestSupport

/// NATS JetStream beside the relay: `nats-server` from Debian, measured by shared/peers/nats_js.py.
struct NatsPeer {
  /// Holds `nats_js.py` and `certs`.
  let directory: String

  func messagesPerSecond() throws -> Double {
    let store = "\(directory)/jetstream-\(UUID().uuidString)"
    let settings = "\(store).conf"
    defer {
      try? FileManager.default.removeItem(atPath: store)
      try? FileManager.default.removeItem(atPath: settings)
    }
    try """
    listen: "127.0.0.1:4333"
    jetstream { store_dir: "\(store)" }
    tls {
      cert_file: "\(directory)/certs/server.pem"
      key_file: "\(directory)/certs/server.key"
      ca_file: "\(directory)/certs/ca.pem"
      verify: true
    }
    """.write(toFile: settings, atomically: true, encoding: .utf8)
    let server = try ChildProcess("/usr/sbin/nats-server", ["-c", settings])
    defer {
      server.signal(SIGKILL)
      _ = server.waitUntilExit()
    }
    let words = try Subprocess.run(
      "/usr/bin/env", ["-C", directory, "python3", "nats_js.py"]
    ).split(separator: " ")
    guard let place = words.firstIndex(of: "msg/s,"), place > 0 else { throw Subprocess.Ended() }
    return Double(words[place - 1]) ?? .nan
  }
}
