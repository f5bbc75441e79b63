internal import Credentials
internal import NIOCore
internal import TLS
internal import Wire

/// What a connection does when time passes: it looks whether the peer lives and may stay, says that
/// this side lives, and ends calls whose time is over.
extension ServerConnection {
  func tick() {
    guard checkLiveness(), recheckPeer() else { return }
    checkAccount()
  }

  /// Ends a connection whose certificate has been revoked since.
  ///
  /// Returns false if it has ended.
  @discardableResult
  func recheckPeer() -> Bool {
    guard let peer, let failure = server.options.tls.recheck(peer) else { return true }
    leave(CallFailure(.unauthenticated, .certificate, failure.text))
    return false
  }

  /// Ends a connection whose peer is silent or late, and says that this side lives.
  ///
  /// Returns false if it has ended.
  @discardableResult
  private func checkLiveness() -> Bool {
    now = .now()
    do throws(WireViolation) {
      if let token = try machine.tick(now: now.milliseconds) {
        out.writePing(token, answer: false)
        flush()
      }
      return true
    } catch {
      leave(error.failure)
      return false
    }
  }

  /// For a peer that waits less long than the ticks are apart.
  func startPings() {
    guard let context, let interval = machine.pingMilliseconds else { return }
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.ping(every: interval, on: context.eventLoop) { owner.value.checkLiveness() }
  }

  /// An account that was disabled, or whose password was changed, loses its open connections too.
  private func checkAccount() {
    guard let caller = signedIn?.caller, let context, let executor else { return }
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    Task(executorPreference: executor) { [server] in
      guard await !server.authenticator.mayStay(caller) else { return }
      connection.value.leave(
        CallFailure(
          .unauthenticated, .signedOut,
          "the account's password or rights were changed; sign in again"))
    }
  }

  func cover(_ deadline: NIODeadline) {
    guard let context else { return }
    let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
    timers.cover(deadline, on: context.eventLoop) { owner.value.endOverdue() }
  }

  private func endOverdue() {
    timers.deadlinesLookedAt()
    now = .now()
    for (stream, call) in calls.all {
      guard let deadline = call.deadline else { continue }
      if deadline <= now {
        call.cancel()
        finish(
          stream: stream,
          .failure(
            CallFailure(
              .deadlineExceeded, .deadlineExceeded,
              "the call's time is over; its work may be done"
            )))
      } else {
        cover(deadline)
      }
    }
  }
}
