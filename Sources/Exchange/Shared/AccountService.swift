internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// The caller's own account and session.
struct AccountService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Account.whoAmI) { _, context in whoAmI(context.caller) }
    methods.answer(Account.openSession) { _, context in try await openSession(context.caller) }
    methods.answer(Account.closeSession) { _, context in try await closeSession(context.caller) }
  }

  private func whoAmI(_ caller: Caller) -> WhoAmIReply {
    var reply = WhoAmIReply()
    var actor = Actor()
    actor.account = caller.account
    actor.role = caller.role.rawValue
    actor.division = caller.division
    reply.actor = actor
    reply.node = "\(node.identity.division)"
    reply.nodeName = node.identity.name
    reply.profile = node.identity.profile.name
    return reply
  }

  private func openSession(_ caller: Caller) async throws -> OpenSessionReply {
    let credential = SessionCredential.make()
    let verifier = await node.secrets.run { credential.verifier.text }
    let now = node.now()
    let session = StoredSession(
      id: credential.name, account: caller.account, verifier: verifier,
      opened: now, expires: now + SessionCredential.longestSeconds * 1000)
    try await node.ledger.commit { try $0.open(session) }
    var reply = OpenSessionReply()
    reply.name = credential.name
    reply.secret = credential.secret
    reply.expires = session.expires
    return reply
  }

  private func closeSession(_ caller: Caller) async throws -> CloseSessionReply {
    let now = node.now()
    if !caller.session.isEmpty {
      try await node.ledger.commit { try $0.revokeSession(caller.session, at: now) }
    }
    return CloseSessionReply()
  }
}
