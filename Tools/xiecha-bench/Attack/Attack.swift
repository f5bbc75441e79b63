import ArgumentParser
import Wire

/// What a hostile peer does once the secured connection stands, and before that for the first two.
enum Attack: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// A TLS handshake, one byte a second.
  case byteASecond = "byte-a-second"
  /// Opens, finishes TLS, and never authenticates.
  case silent
  /// Asks without end and reads nothing.
  case neverReading = "never-reading"
  /// Opens 100,000 streams that are never answered.
  case streamFlood = "stream-flood"
  /// Grants credit until it overflows.
  case creditOverflow = "credit-overflow"
  /// Pings without pause.
  case pingFlood = "ping-flood"
  /// Opens and cancels without pause (rapid reset).
  case cancelFlood = "cancel-flood"
  /// Announces a frame of 4 GiB.
  case giantHeader = "giant-header"

  /// Whether the attack begins after a proper sign-in.
  var signsIn: Bool {
    switch self {
    case .byteASecond, .silent, .giantHeader: false
    default: true
    }
  }

  /// Whether TLS stands first.
  var usesTLS: Bool { self != .byteASecond }
}
