import Glibc
import Synchronization

/// What all connections of one side share: its certificate, its trust, its revocation lists and, for
/// a client, the sessions it can resume.
///
/// Safe to use from every thread.
public final class TLSContext: Sendable {
  /// The files.
  public let configuration: TLSConfiguration
  /// The side.
  public let side: TLSSide

  private let sessions = SessionCache()
  private let loaded: Mutex<LoadedFiles>

  /// The files in force now.
  var current: LoadedFiles { loaded.withLock { $0 } }

  /// The side that dials.
  public convenience init(client configuration: TLSConfiguration) throws(TLSFailure) {
    try self.init(configuration, .client)
  }

  /// The side that is dialled; it must have a certificate.
  public convenience init(server configuration: TLSConfiguration) throws(TLSFailure) {
    try self.init(configuration, .server)
  }

  private init(_ configuration: TLSConfiguration, _ side: TLSSide) throws(TLSFailure) {
    self.configuration = configuration
    self.side = side
    loaded = Mutex(try LoadedFiles(configuration, side, TLSConnection.callbacks))
  }

  /// Reads the files again, for handshakes from now on.
  ///
  /// Connections that are open keep what they began with. Where a file is bad nothing changes.
  ///
  /// The caller then asks ``recheck(_:)`` for each open connection, and ends those that fail.
  public func reload() throws(TLSFailure) {
    let fresh = try LoadedFiles(configuration, side, TLSConnection.callbacks)
    loaded.withLock { current in
      fresh.adoptTicketKeys(of: current)
      // A session stands for the certificate that it was opened with, on either side.
      let isSame =
        fresh.trustFingerprint == current.trustFingerprint
        && fresh.ownFingerprint == current.ownFingerprint
      if !isSame { sessions.removeAll() }
      current = fresh
    }
  }

  /// Why a peer that has proven itself may not stay, by the roots and the lists in force and at a
  /// time in seconds since 1970; nil where it may.
  public func recheck(_ peer: PeerIdentity, at now: Int64) -> TLSFailure? {
    current.revocations.refusal(of: peer, at: now)
  }

  /// The same now.
  public func recheck(_ peer: PeerIdentity) -> TLSFailure? { recheck(peer, at: Int64(time(nil))) }

  /// When each of the files in force ends: this side's certificate, the roots, the lists.
  public var ends: [ValidityEnd] { current.ends }

  /// The state of one connection, which keeps the files in force now.
  func connection(expectedDivision: String?) throws(TLSFailure) -> TLSConnection {
    try TLSConnection(
      current, side, configuration.application, sessions, expectedDivision: expectedDivision)
  }
}
