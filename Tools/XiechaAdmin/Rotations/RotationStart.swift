import ArgumentParser
import Credentials
import Exchange
import ExchangeRules
import Ledger
import Presentation
import Program

/// Asks the running node to replace a credential of its own at the node above.
struct RotationStart {
  let kind: RotationKind
  /// How long the node above is to take both, in seconds.
  let overlap: Int64
  /// Nothing is to change.
  let isOnlyAsked: Bool

  func run(in store: StoreOptions, at above: NodeAbove, on console: Console) async throws {
    let (now, kind, overlap, isOnlyAsked) = (SystemClock.milliseconds, kind, overlap, isOnlyAsked)
    let peer = try await store.open { ledger in
      let peer = try above.read(owner: try await LedgerOwnership.owner(of: ledger))
      if isOnlyAsked { return peer }
      try await ledger.commit { ledger in
        let actor = try Administrator.actor(in: ledger)
        try ledger.begin(
          StoredRotation(of: kind, at: peer, overlap: overlap, asked: now, by: actor))
        try ledger.leaveTrace(
          TraceEntry(at: now, actor: actor, action: "rotate-\(kind.name)", purpose: peer))
      }
      return peer
    }
    let what = console.text(
      kind == .key ? "密钥和证书" : "密码", kind == .key ? "key and certificate" : "password")
    try console.done(
      ["at": peer, "what": kind.name, "begun": isOnlyAsked ? "" : TimeText.text(now)],
      isOnlyAsked
        ? "将在节点 \(peer) 更换本节点的\(what)；连接会重新建立一次，不丢失任何信息；未作更改"
        : "已开始在节点 \(peer) 更换本节点的\(what)；进度见 rotate status",
      isOnlyAsked
        ? "would replace this node's \(what) at \(peer); the link would open anew once and lose "
          + "nothing; nothing was changed"
        : "this node's \(what) at \(peer) is being replaced; see rotate status")
  }
}
