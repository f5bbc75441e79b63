internal import Credentials
internal import ExchangeProtos
internal import Ledger
internal import RPC

/// The trace that reading a person's record leaves (G2): who, when, why, which record.
struct Tracing {
  let node: Node

  /// On disk before the record leaves the node: a reading that cannot be traced does not happen.
  func read(_ item: StoredItem, by caller: Caller, purpose: String) async throws {
    let entry = TraceEntry(
      at: node.now(),
      actor: LedgerActor(
        account: caller.account, role: caller.role.rawValue, division: caller.division),
      action: "follow", purpose: purpose, item: item.id, subjectKey: item.subjectKey)
    try await node.ledger.commit { _ = try $0.leaveTrace(entry) }
  }

  /// The same for a person's records with their history; traced under her number, so that the list
  /// that she can be given has it.
  func read(
    personOf entry: RegisterEntry, item: LedgerID?, by caller: Caller, purpose: String
  ) async throws {
    let number = entry.subject.citizenId
    let trace = TraceEntry(
      at: node.now(),
      actor: LedgerActor(
        account: caller.account, role: caller.role.rawValue, division: caller.division),
      action: "record", purpose: purpose, item: item,
      subjectKey: number.isEmpty ? entry.key : number)
    try await node.ledger.commit { _ = try $0.leaveTrace(trace) }
  }
}
