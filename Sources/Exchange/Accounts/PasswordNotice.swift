internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC
internal import Wire

/// Tells the node above of each changed password, and takes what the nodes below tell (S8.2).
///
/// A change is noted in the same commit as the change itself, and told as soon as the link is up;
/// a county passes on what its townships tell, so that the province's office hears of all.
struct PasswordNotice {
  let node: Node

  /// Changes told in one call.
  static let pageChanges = 256

  // MARK: Telling

  /// Tells until the task is cancelled, as it is with the link.
  ///
  /// What fails is told again after a while.
  func tell(
    over connection: RPCConnection, peer: DivisionCode, poll: @Sendable () async throws -> Void
  ) async {
    while !Task.isCancelled {
      do {
        let page = try await node.ledger.read {
          try $0.untoldPasswordChanges(limit: PasswordNotice.pageChanges)
        }
        if !page.isEmpty {
          try await tell(page, over: connection)
          continue
        }
      } catch {
        if Task.isCancelled { return }
        node.log(
          .notice, "changed passwords could not be told yet", of: "\(peer)", ["error": "\(error)"])
      }
      try? await poll()
    }
  }

  private func tell(_ changes: [PasswordChange], over connection: RPCConnection) async throws {
    var request = TellPasswordChangesRequest()
    request.changes = changes.map(message)
    _ = try await connection.call(Link.tellPasswordChanges, request)
    let now = node.now()
    try await node.ledger.commit { ledger in
      for change in changes { try ledger.markTold(change, at: now) }
    }
  }

  /// An account of a wider division, such as an auditor's of the province, is told of as this
  /// node's: a node speaks for its own division only.
  private func message(_ change: PasswordChange) -> PasswordChangeNotice {
    let own = node.identity.division
    let isOwn = DivisionCode(change.division).map(own.contains) ?? false
    var message = PasswordChangeNotice()
    message.account = change.account
    message.division = isOwn ? change.division : "\(own)"
    message.changed = change.at
    message.by = change.by
    return message
  }

  // MARK: Taking

  /// Keeps what a node below tells; on disk when it returns.
  func take(
    _ request: TellPasswordChangesRequest, from caller: Caller
  ) async throws -> TellPasswordChangesReply {
    let changes = try request.changes.map { change in
      guard let teller = DivisionCode(caller.division),
        let division = DivisionCode(change.division),
        teller.contains(division)
      else {
        throw CallFailure(
          .permissionDenied, .wrongDivision, field: "changes.division",
          "a node tells of passwords in its own division only")
      }
      return PasswordChange(
        account: change.account, division: change.division, at: change.changed, by: change.by)
    }
    let news = try await node.ledger.commit { ledger in try changes.filter(ledger.keep).count }
    if news > 0 {
      node.log(
        .notice, "passwords were changed below", of: caller.division, ["changes": "\(news)"])
    }
    return TellPasswordChangesReply()
  }
}
