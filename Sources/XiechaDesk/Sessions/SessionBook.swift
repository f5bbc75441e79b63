import ExchangeProtos
import Operator
import Synchronization

/// The sessions there are, in memory alone: a desk that is started anew knows nobody.
final class SessionBook: Sendable {
  private let sessions = Mutex<[String: ClerkSession]>([:])
  private let now: @Sendable () -> Int64

  /// `now` is milliseconds since 1970.
  init(now: @escaping @Sendable () -> Int64) { self.now = now }

  /// The session of a cookie, if it has not been idle too long; it is in use again.
  func session(of key: String) -> ClerkSession? {
    let now = now()
    guard let session = sessions.withLock({ $0[key] }) else { return nil }
    guard !SessionBook.isIdle(session, at: now) else {
      end(session)
      return nil
    }
    session.touch(at: now)
    return session
  }

  /// Takes a session in; the longest idle of the account gives way, or of all where there are too many.
  func add(_ session: ClerkSession) {
    let leaving = sessions.withLock { sessions in
      let now = now()
      var leaving = sessions.values.filter { SessionBook.isIdle($0, at: now) }
      let rest = sessions.values.filter { !SessionBook.isIdle($0, at: now) }
        .sorted { $0.lastUsed < $1.lastUsed }
      let own = rest.filter { $0.account == session.account }
      leaving += own.prefix(max(0, own.count - DeskLimits.sessionsOfAccount + 1))
      if rest.count >= DeskLimits.sessions { leaving += rest.prefix(1) }
      for old in leaving { sessions[old.key] = nil }
      sessions[session.key] = session
      return leaving
    }
    leaving.forEach(SessionBook.close)
  }

  /// Ends a session, here and at the node.
  func end(_ session: ClerkSession) {
    guard sessions.withLock({ $0.removeValue(forKey: session.key) }) != nil else { return }
    SessionBook.close(session)
  }

  /// Ends those that have been idle too long.
  func sweep() {
    let now = now()
    let idle = sessions.withLock { $0.values.filter { SessionBook.isIdle($0, at: now) } }
    idle.forEach(end)
  }

  /// How many there are.
  var count: Int { sessions.withLock { $0.count } }

  private static func isIdle(_ session: ClerkSession, at now: Int64) -> Bool {
    now - session.lastUsed >= Int64(DeskLimits.idleMinutes) * 60_000
  }

  /// The node forgets it too; where it cannot be told, its credential ends by itself.
  private static func close(_ session: ClerkSession) {
    Task {
      _ = try? await session.node.call(Account.closeSession, CloseSessionRequest(), seconds: 5)
      await session.node.close()
    }
  }
}
