internal import Credentials
internal import NIOCore
internal import TLS
internal import Wire

/// What a connection does when time passes: it looks whether the peer lives and may stay, and ends
/// what takes too long.
extension ServerConnection: WireConnectionOwner {
  func tick() {
    guard isAlive(), recheckPeer() else { return }
    checkAccount(isActive: takeActivity())
  }

  func recheckAccount() { checkAccount(isActive: false) }

  func checkLiveness() { _ = isAlive() }

  /// Ends a connection whose certificate was revoked or has ended, or whose root was taken away.
  ///
  /// Returns false if it has ended.
  @discardableResult
  func recheckPeer() -> Bool {
    guard let certificate, let failure = server.options.tls.recheck(certificate) else {
      return true
    }
    leave(CallFailure(.unauthenticated, .certificate, failure.text))
    return false
  }

  /// Ends a connection whose peer is silent or late, and says that this side lives.
  ///
  /// Returns false if it has ended.
  private func isAlive() -> Bool {
    do throws(WireViolation) {
      try wire.checkLiveness()
      return true
    } catch {
      leave(error.failure)
      return false
    }
  }

  /// An account that was disabled, or whose password was changed, loses its open connections too.
  private func checkAccount(isActive: Bool) {
    guard let caller = signedIn?.caller, let loop, let executor else {
      return
    }
    let connection = NIOLoopBound(self, eventLoop: loop)
    Task(executorPreference: executor) { [server] in
      guard await !server.authenticator.mayStay(caller, isActive: isActive) else { return }
      connection.value.leave(
        CallFailure(
          .unauthenticated, .signedOut,
          "the account's password or rights were changed; sign in again"))
    }
  }

  func endOverdue() {
    for stream in wire.overdue(in: calls) {
      calls[stream]?.cancel()
      finish(
        stream: stream,
        .failure(
          CallFailure(
            .deadlineExceeded, .deadlineExceeded, "the call's time is over; its work may be done")))
    }
  }

  /// Work that was begun goes on answering while nothing more is read; this ends it for a peer that
  /// takes none of the answers.
  func outputWaits(_ context: ChannelHandlerContext) {
    let limit = server.options.limits.unreadOutputBytes
    let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
    guard let waiting, waiting > limit else { return }
    leave(WireViolation(.slowReader, "more than \(limit) bytes wait to be read").failure)
  }
}
