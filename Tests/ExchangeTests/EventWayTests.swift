import Credentials
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import Testing
import Wire

@testable import Exchange

@Suite("Who may bring which event about is one question with one answer")
struct EventWayTests {
  private static let province = "440000"
  private static let asking = "440306"
  private static let asked = "441702"
  private static let author = "440306018"
  private static let sibling = "440306022"
  private static let answering = "441702102"
  private static let idle = "441702105"
  private static let village = "441702102201"
  private static let actors = [
    province, asking, asked, author, sibling, answering, idle, village,
  ]
  private static let parents = [
    asking: province, asked: province, author: asking, sibling: asking, answering: asked,
    idle: asked,
  ]

  /// An item that was given to a township of the asked county.
  private static let item: StoredItem = {
    var item = StoredItem(
      id: LedgerID(version7At: 1), kind: .assistRequest, category: .assist, from: asking,
      to: asked, enteredAt: author)
    item.assignedTo = answering
    return item
  }()

  private static func way(to node: String) throws -> EventWay {
    let kind: NodeIdentity.Kind =
      node == province ? .province : node.count == 6 ? .county : .township
    let identity = NodeIdentity(
      kind: kind, division: try #require(DivisionCode(node)), name: node, profile: .provincial2009)
    let uplinks = parents[node].flatMap(DivisionCode.init).map { [$0] } ?? []
    let downlinks = parents.filter { $0.value == node }.keys.compactMap { DivisionCode($0) }
    return EventWay(
      identity: try #require(identity),
      distribution: Distribution(
        identity: try #require(identity), uplinks: uplinks, downlinks: Set(downlinks)))
  }

  private static func mayWrite(
    _ kind: EventKind, by actor: String, at node: String, from origin: EventOrigin
  ) throws -> Bool {
    let event = StoredEvent(
      id: LedgerID(version7At: 2), item: item.id, kind: kind, at: 2,
      actor: LedgerActor(account: "a", role: "r", division: actor))
    let way = try way(to: node)
    guard
      ItemLife.mayAct(kind, division: actor, as: item.standing, between: item.parties)
    else { return false }
    switch origin {
    case .here: return way.identity.covers(actor)
    case .neighbour(let peer):
      do {
        try way.check(event, on: item, from: peer)
        return true
      } catch {
        #expect(error.status == .permissionDenied)
        #expect(error.reason == "wrong-division")
        return false
      }
    }
  }

  /// For each kind of event, who may bring it about, and at which nodes each of them works.
  static let rows: [(EventKind, [(actor: String, nodes: [String])])] = [
    (
      .entered,
      [(asking, [asking]), (author, [asking, author]), (sibling, [asking, sibling])]
    ),
    (.submitted, [(asking, [asking])]),
    (.relayed, [(province, [province])]),
    (.delivered, [(asked, [asked])]),
    (.received, [(asked, [asked])]),
    (
      .assigned,
      [
        (asked, [asked]), (answering, [asked, answering]), (village, [asked, answering]),
      ]
    ),
    (
      .searched,
      [
        (asked, [asked]), (answering, [asked, answering]), (village, [asked, answering]),
      ]
    ),
    (
      .answered,
      [
        (asked, [asked]), (answering, [asked, answering]), (village, [asked, answering]),
      ]
    ),
    (.closed, [(asking, [asking])]),
    (.refused, [(province, [province])]),
    (
      .takenBack,
      [
        (asking, [asking]), (author, [asking, author]), (sibling, [asking, sibling]),
        (asked, [asked]), (answering, [asked, answering]), (idle, [asked, idle]),
        (village, [asked, answering]),
      ]
    ),
  ]

  @Test("S2, S10.2: each side acts for itself, at a node of its own", arguments: rows)
  func table(kind: EventKind, allowed: [(actor: String, nodes: [String])]) throws {
    for node in Self.parents.keys.sorted() + [Self.province] {
      for actor in Self.actors {
        // A province's node writes of the counties below it what they tell, and nothing by itself.
        if node == Self.province, actor != node { continue }
        let expected = allowed.contains { $0.actor == actor && $0.nodes.contains(node) }
        let found = try Self.mayWrite(kind, by: actor, at: node, from: .here)
        #expect(found == expected, "\(kind) by \(actor) at \(node)")
      }
    }
  }

  @Test("What a node writes for its own operators, the node above takes")
  func nextNodeAgrees() throws {
    for (node, above) in Self.parents {
      for kind in EventKind.allCases {
        for actor in Self.actors
        where try Self.mayWrite(kind, by: actor, at: node, from: .here) {
          // A township's node does not hold an item that was given to another, nor enter for one.
          let holds = node.count == 6 || node == Self.author || node == Self.answering
          guard holds else { continue }
          let origin = EventOrigin.neighbour(try #require(DivisionCode(node)))
          let isTaken = try Self.mayWrite(kind, by: actor, at: above, from: origin)
          #expect(isTaken, "\(kind) by \(actor), written at \(node), told to \(above)")
        }
      }
    }
  }

  @Test("S2.1: a township's operator at its county's node cannot send for the county")
  func townshipAtItsCounty() async throws {
    let network = try await TestNetwork.start()
    let county = network[TestNetwork.residence]
    let item = Cases.assistRequest()
    try await county.enter(item)
    try await county.node.ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: "town", role: "townshipOperator", division: TestNetwork.residenceTowns[0],
          verifier: Office.verifier, created: network.now(at: TestNetwork.residence)()))
    }
    var request = ItemsRequest()
    request.ids = [item.id]
    let sent = try await county.call(Items.send, request, as: "town")
    #expect(sent.outcomes.map { $0.refusal?.reason } == ["wrong-division"])
    let stored = try await county.node.ledger.read { try $0.item(Cases.ledgerID(item)) }
    #expect(stored?.state == .entered)
    // The county itself sends it, and it arrives.
    try await county.sendAll()
    try await network.until(Cases.ledgerID(item), is: .delivered, at: TestNetwork.household)
    try await network.stop()
  }

  @Test("S10.2: an item is given to no township that never was")
  func unknownTownship() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()
    let failure = await #expect(throws: CallFailure.self) {
      try await asked.assign(id, to: "441702999")
    }
    #expect(failure?.reason == "unknown-division")
    #expect(failure?.field == "to")
    #expect(try await asked.node.ledger.read { try $0.item(id)?.state } == .received)
    try await network.stop()
  }
}
