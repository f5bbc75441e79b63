internal import Credentials
internal import Ledger
internal import Logging
public import TLS

/// Goes by the network's trust as its authority has signed it, and moves the node's own certificate
/// over to the authority that issues.
///
/// A trust that takes a root away waits until every node below has moved from it: nobody is cut off.
public struct TrustKeeper: Sendable {
  private let node: Node
  private let keys: KeyFiles
  private let readCertificates: @Sendable () async throws -> Void

  /// The keeper of a node; `readCertificates` makes it go by what is in the files now.
  public init(
    of node: Node, keys: KeyFiles, readCertificates: @escaping @Sendable () async throws -> Void
  ) {
    self.node = node
    self.keys = keys
    self.readCertificates = readCertificates
  }

  /// Looks what is to be done until the task is cancelled.
  public func run(poll: @Sendable () async throws -> Void) async {
    while !Task.isCancelled {
      do {
        try await look()
      } catch {
        if Task.isCancelled { return }
        node.log(
          .error, "the network's trust cannot be taken", of: "trust", ["error": "\(error)"])
      }
      try? await poll()
    }
  }

  /// Takes the first trust that waits and that the authority of the node's certificate has signed; then
  /// asks for a certificate of the authority that issues, if the node has another's.
  ///
  /// Those before it are of a time before the node's certificate.
  func look() async throws {
    let (waiting, inForce) = try await node.ledger.read { ledger in
      (try ledger.waitingTrust(), try ledger.trustInForce())
    }
    if !waiting.isEmpty {
      let (believed, own) = (try TrustFiles(keys.configuration).roots(), try keys.certificate())
      let bundles = try waiting.map(NetworkTrustBundle.init)
      if let next = bundles.first(where: { $0.isSigned(byIssuerOf: own, among: believed) }) {
        return try await take(next, believed)
      }
      node.log(
        .notice, "a trust waits: the authority of this node's certificate has not signed it",
        of: "trust", ["number": "\(bundles[0].number)"])
    }
    guard let inForce else { return }
    try await move(to: try NetworkTrustBundle(inForce), since: inForce.applied)
  }

  private func take(_ bundle: NetworkTrustBundle, _ believed: [[UInt8]]) async throws {
    let files = TrustFiles(keys.configuration)
    let staying = (believed + bundle.roots).filter {
      !bundle.retired.contains(TrustFiles.digest(of: $0))
    }
    if !bundle.retired.isEmpty, let last = try await firstBelow(notOf: staying) {
      node.log(
        .notice, "a trust waits: a node below has a certificate of the authority that is to go",
        of: last, ["number": "\(bundle.number)"])
      return
    }
    try files.take(roots: bundle.roots, retired: bundle.retired, lists: bundle.lists)
    try await readCertificates()
    let (now, actor) = (node.now(), node.identity.actor)
    try await node.ledger.commit { ledger in
      try ledger.applied(bundle.number, at: now)
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "trust-taken", purpose: "\(bundle.number)"))
    }
    node.log(.notice, "the network's trust was taken", of: "trust", ["number": "\(bundle.number)"])
  }

  /// A node below whose certificate none of these roots has issued; nil: there is none.
  private func firstBelow(notOf roots: [[UInt8]]) async throws -> String? {
    try await firstBelow { below, reader in
      let known = try reader.signatory(below.fingerprint)?.certificate
      return known.map { own in roots.contains { TrustFiles.hasIssued($0, own) } } != true
    }
  }

  /// The first node that may connect of which something holds.
  private func firstBelow(
    where isTrue: @escaping @Sendable (RegisteredNode, LedgerReader) throws -> Bool
  ) async throws -> String? {
    try await node.ledger.read { reader in
      var last = ""
      while true {
        let page = try reader.nodes(after: last)
        guard let end = page.last else { return nil }
        last = end.division
        if let found = try page.first(where: { try $0.isEnabled && isTrue($0, reader) }) {
          return found.division
        }
      }
    }
  }

  /// Begins the rotation of the node's key, once for each trust: whoever undoes it is obeyed.
  ///
  /// Not before every node below believes the new authority too: it could not dial this one any more.
  private func move(to bundle: NetworkTrustBundle, since applied: Int64) async throws {
    guard let issuing = bundle.roots.first,
      try !TrustFiles.hasIssued(issuing, keys.certificate())
    else { return }
    guard node.uplinks.count == 1, let peer = node.uplinks.first.map({ "\($0)" }) else {
      node.log(
        .notice,
        """
        this node's certificate is not of the authority that issues now: xiecha-admin certificate \
        issue --renew, then SIGHUP
        """, of: "trust")
      return
    }
    if let last = try await firstBelow(where: { below, _ in below.trust < bundle.number }) {
      node.log(
        .notice,
        "a node below does not believe the authority that issues now: this node's key waits for it",
        of: last, ["number": "\(bundle.number)"])
      return
    }
    let (now, actor) = (node.now(), node.identity.actor)
    try await node.ledger.commit { ledger in
      guard try ledger.rotation(at: peer) == nil,
        try !ledger.rotations().contains(where: { $0.kind == .key && $0.begun >= applied })
      else { return }
      try ledger.begin(StoredRotation(of: .key, at: peer, overlap: 0, asked: now, by: actor))
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "rotate-key", purpose: peer))
    }
  }
}
