import Testing

@testable import TLS

@Suite("A certificate is held against the list of its own issuer")
struct RevocationTests {
  typealias Issuer = Authorities.Issuer
  typealias List = Authorities.List

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// Who has issued the client's certificate.
    var issuer: Issuer
    var lists: [List]
    /// Why the server refuses; nil where it takes it.
    var refusal: TLSFailure.Kind?

    init(_ text: String, _ issuer: Issuer, _ lists: [List], _ refusal: TLSFailure.Kind? = nil) {
      testDescription = text
      self.issuer = issuer
      self.lists = lists
      self.refusal = refusal
    }
  }

  static let first = List(issuer: .first)
  static let second = List(issuer: .second)
  static let between = List(issuer: .between)
  static let expired = List(issuer: .first, expired: true)

  static let cases = [
    Case("root only", .first, [first]),
    Case("an authority between that has no list", .between, [first]),
    Case("an authority between and its list", .between, [first, between]),
    Case("two roots, one list, its own", .first, [first]),
    Case("two roots, one list, the other's", .second, [first]),
    Case("two roots, two lists, the first's", .first, [first, second]),
    Case("two roots, two lists, the second's", .second, [first, second]),
    Case("expired", .first, [expired], .revocationListOutOfDate),
    Case("expired, beside its renewal", .first, [expired, first]),
    Case("expired, and another root's", .second, [expired]),
    Case("expired, of the root above", .between, [expired, between], .revocationListOutOfDate),
    Case(
      "expired, of the authority between", .between,
      [first, List(issuer: .between, expired: true)], .revocationListOutOfDate),
    Case("revoked leaf", .first, [List(issuer: .first, leavesNamed: true)], .peerRevoked),
    Case(
      "the leaf's number on another issuer's list", .between,
      [List(issuer: .first, leavesNamed: true), between]),
    Case(
      "the leaf's number on the list of another root of the same name", .second,
      [List(issuer: .first, leavesNamed: true), second]),
    Case(
      "revoked leaf of the authority between", .between,
      [first, List(issuer: .between, leavesNamed: true)], .peerRevoked),
    Case(
      "revoked authority between", .between, [List(issuer: .first, betweenNamed: true)],
      .peerRevoked),
    Case(
      "wrongly signed list of the authority between", .between,
      [first, List(issuer: .between, forged: true)], .malformedRevocationList),
  ]

  let network: TestNetwork
  let authorities: Authorities

  init() throws {
    network = try TestNetwork()
    authorities = try Authorities(in: network)
  }

  @Test("whoever has issued it, and whatever else the file holds", arguments: cases)
  func table(row: Case) throws {
    let pair = try connected(client(of: row.issuer), server(with: row.lists))
    #expect(pair.failures.server == (row.refusal.map { [$0] } ?? []))
    #expect((pair.server.handler.peer == nil) == (row.refusal != nil))
  }

  @Test(
    "lists of which none is of a trust root, or one is wrongly in its name, are not taken up",
    arguments: [[between], [second], [first, second], [List(issuer: .first, forged: true)]])
  func foreignFile(lists: [List]) throws {
    var configuration = try configuration(with: lists)
    configuration.trustRootsFile = try authorities.trust([.first])
    let failure = #expect(throws: TLSFailure.self) { try TLSContext(server: configuration) }
    #expect(failure?.kind == .malformedRevocationList)
    #expect(failure?.text.contains(configuration.revocationListFile ?? "-") == true)
  }

  @Test("a revoked authority ends the open connections of those it vouched for")
  func recheck() throws {
    let server = try server(with: [RevocationTests.first])
    for (issuer, stays) in [(Issuer.first, true), (.between, false)] {
      let pair = try connected(client(of: issuer), server)
      let peer = try #require(pair.server.handler.peer)
      #expect(server.recheck(peer) == nil)
      let after = try self.server(with: [List(issuer: .first, betweenNamed: true)])
      #expect((after.recheck(peer) == nil) == stays)
    }
  }

  @Test("what a handshake takes the recheck lets stay, and the other way round", arguments: cases)
  func recheckAgrees(row: Case) throws {
    let good = [RevocationTests.first, RevocationTests.second, RevocationTests.between]
    let pair = try connected(client(of: row.issuer), server(with: good))
    let peer = try #require(pair.server.handler.peer)
    let kind = try server(with: row.lists).recheck(peer)?.kind
    // A list that is wrongly signed says nothing of a peer; the next handshake tells.
    #expect(kind == (row.refusal == .malformedRevocationList ? nil : row.refusal))
  }

  @Test("a certificate that has ended, and a root that was taken away, end open connections (62)")
  func ended() throws {
    let server = try server(with: [RevocationTests.first])
    let peer = try #require(try connected(client(of: .first), server).server.handler.peer)
    #expect(server.recheck(peer, at: peer.expires) == nil)
    #expect(server.recheck(peer, at: peer.expires + 1)?.kind == .peerOutOfDate)
    var other = try configuration(with: [RevocationTests.second])
    other.trustRootsFile = try authorities.trust([.second])
    #expect(try TLSContext(server: other).recheck(peer)?.kind == .untrustedPeer)
  }

  @Test("a list that does not say until when it holds is refused when it is loaded (64)")
  func noNextUpdate() throws {
    let failure = #expect(throws: TLSFailure.self) {
      _ = try server(with: [List(issuer: .first, isEndless: true)])
    }
    #expect(failure?.kind == .malformedRevocationList)
    #expect(failure?.text.contains("nextUpdate") == true)
  }

  @Test("a context says when its certificate, its roots and its lists end")
  func ends() throws {
    let ends = try server(with: [RevocationTests.first]).ends
    let days = Dictionary(grouping: ends, by: \.kind).mapValues {
      $0.map { $0.daysLeft(at: network.now) }
    }
    #expect(days[.certificate]?.allSatisfy { $0 > 0 } == true)
    #expect(days[.revocationList] == [30])
    #expect(days[.authority]?.isEmpty == false)
  }

  @Test(
    "what ends is warned of from sixty days before; the last second still counts",
    arguments: [
      (0, 0, true), (-1, -1, true), (-86_400, -1, true), (-86_401, -2, true),
      (86_399, 0, true), (86_400, 1, true), (60 * 86_400 - 1, 59, true), (60 * 86_400, 60, false),
    ] as [(Int64, Int64, Bool)])
  func warning(left: Int64, days: Int64, isNear: Bool) {
    let end = ValidityEnd(.certificate, 1_000_000_000 + left)
    #expect(end.daysLeft(at: 1_000_000_000) == days)
    #expect(end.isNear(at: 1_000_000_000) == isNear)
  }

  @Test("only what a root itself has issued is resumed: a ticket holds no chain")
  func resumption() throws {
    let server = try server(with: [RevocationTests.first])
    for (issuer, resumes) in [(Issuer.first, true), (.between, false)] {
      let client = try client(of: issuer)
      for isSecond in [false, true] {
        let pair = try connected(client, server)
        #expect(pair.failures == ([], []))
        #expect(pair.server.handler.isResumed == (resumes && isSecond))
      }
    }
  }

  @Test("nothing is resumed past the time of its issuer's list")
  func resumptionUnderExpiredList() throws {
    let server = try server(with: [RevocationTests.first])
    let client = try client(of: .first)
    _ = try connected(client, server)
    _ = try authorities.lists([RevocationTests.expired])
    try server.reload()
    #expect(try connected(client, server).failures.server == [.revocationListOutOfDate])
  }

  private func connected(_ client: TLSContext, _ server: TLSContext) throws -> Pair {
    let pair = try Pair(client: client, server: server)
    try pair.connect()
    return pair
  }

  private func client(of issuer: Issuer) throws -> TLSContext {
    let files = try authorities.chain(by: issuer)
    var configuration = network.configuration(nil)
    configuration.certificateChainFile = files.certificates
    configuration.privateKeyFile = files.key
    return try TLSContext(client: configuration)
  }

  private func server(with lists: [List]) throws -> TLSContext {
    try TLSContext(server: configuration(with: lists))
  }

  private func configuration(with lists: [List]) throws -> TLSConfiguration {
    var configuration = network.configuration(TestNetwork.province)
    configuration.trustRootsFile = try authorities.trust([.first, .second])
    configuration.revocationListFile = try authorities.lists(lists)
    return configuration
  }
}
