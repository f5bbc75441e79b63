import COpenSSL
import Synchronization

/// The sessions that a client can resume, one a division.
///
/// A resumed handshake costs neither side a signature, which is what makes a storm of reconnects
/// cheap. The session is of the division that the certificate proved when it was made, so it is
/// kept under that name and offered to no other.
final class SessionCache: Sendable {
  /// Owns one reference of an `SSL_SESSION`.
  private final class Session: @unchecked Sendable {
    // OpenSSL counts references atomically; the session is copied before each use.
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { SSL_SESSION_free(pointer) }
  }

  private let sessions = Mutex<[String: Session]>([:])

  /// Takes over a session that the server has just made resumable.
  func store(_ session: OpaquePointer, division: String) {
    let owned = Session(owning: session)
    sessions.withLock { sessions in
      if sessions[division] == nil, sessions.count >= TLSLimits.cachedSessions {
        sessions.removeAll(keepingCapacity: true)
      }
      sessions[division] = owned
    }
  }

  /// A copy of the newest session with a division, to be freed by the caller.
  func copy(division: String) -> OpaquePointer? {
    guard let session = sessions.withLock({ $0[division] }),
      SSL_SESSION_is_resumable(session.pointer) == 1
    else { return nil }
    return SSL_SESSION_dup(session.pointer)
  }

  /// Forgets all: the trust roots or this side's certificate have changed.
  func removeAll() {
    sessions.withLock { $0.removeAll() }
  }
}
