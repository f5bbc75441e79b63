internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The capacities of places, held against those who live there and are registered elsewhere (S13.1).
struct Capacities {
  let node: Node
  let context: CallContext

  /// Growth is of so many days.
  private static let days = 30

  /// Sets a place's capacity, or takes it away.
  func set(_ request: CapacityRequest) async throws -> PlaceCapacity {
    guard let place = DivisionCode(request.division), node.register.everExisted(place) else {
      throw CallFailure.noDivision(request.division, field: "division")
    }
    guard context.scope.covers(caller: context.caller.division, target: "\(place)") else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "division",
        "只能设定本辖区的容量 / the capacity of one's own division and of those below it alone")
    }
    let capacity = StoredCapacity(
      place: "\(place)", capacity: Int64(clamping: request.capacity), at: node.now(),
      actor: LedgerActor(context.caller))
    do {
      try await node.ledger.commit { try $0.set(capacity) }
    } catch {
      throw CallFailure(ledger: error)
    }
    return try await places().first { $0.division == "\(place)" }
      ?? PlaceCapacity("\(place)", capacity: 0)
  }

  /// The places of the caller's divisions that have a capacity.
  func places() async throws -> [PlaceCapacity] {
    let digits = Scope.digits(below: context.caller.division) ?? context.caller.division
    let set = try await node.ledger.read { try $0.capacities(within: digits) }
    var places = set.map { capacity in
      (
        code: DivisionCode(capacity.place),
        PlaceCapacity(capacity.place, capacity: capacity.capacity)
      )
    }
    if places.isEmpty { return [] }
    let today = node.today
    let recent = today.adding(days: 1 - Capacities.days)...today
    try await Movers(node: node).handOut { mover in
      guard let home = DivisionCode(mover.residence), let from = DivisionCode(mover.household)
      else { return }
      for place in places.indices {
        guard let code = places[place].code, code.contains(home), !code.contains(from) else {
          continue
        }
        places[place].1.present += 1
        if mover.moves.contains(where: recent.contains) { places[place].1.growth += 1 }
      }
    }
    return places.map(\.1)
  }
}

extension PlaceCapacity {
  fileprivate init(_ division: String, capacity: Int64) {
    self.init()
    self.division = division
    self.capacity = UInt64(clamping: capacity)
  }
}
