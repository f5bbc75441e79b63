internal import ExchangeRules
internal import Ledger

/// To which neighbours an event goes from this node.
///
/// Nobody is told of an item that is not theirs.
struct Distribution {
  let identity: NodeIdentity
  /// The node above; nil for a province without peers.
  let uplinks: [DivisionCode]
  /// The nodes below that sign in here, and peer provinces that dial this one.
  let downlinks: Set<DivisionCode>
  private let routes: DivisionRoutes<String>

  init(identity: NodeIdentity, uplinks: [DivisionCode], downlinks: Set<DivisionCode>) {
    self.identity = identity
    self.uplinks = uplinks
    self.downlinks = downlinks
    var routes = DivisionRoutes<String>()
    for node in downlinks { routes[exactly: node] = "\(node)" }
    for node in uplinks { routes[exactly: node] = "\(node)" }
    self.routes = routes
  }

  /// What a neighbour is sent.
  struct Parcel: Hashable {
    let peer: String
    /// Everything that has happened to the item so far, not the new event alone.
    let wholeHistory: Bool
  }

  /// The parcels for an event that is now stored here.
  ///
  /// - `origin`: the neighbour it came from.
  /// - `former`: to whom the item was given before the event: a reassignment reaches both.
  func parcels(
    for kind: EventKind, of item: StoredItem, origin: String?, former: String = ""
  ) -> [Parcel] {
    let parcels: [Parcel] =
      switch identity.kind {
      case .township: up(wholeHistory: false)
      case .county: county(kind, item, former)
      case .province: province(kind, item, isOwn: origin == nil)
      }
    return parcels.filter { $0.peer != origin }
  }

  /// The neighbour on the way to a division: the longest known prefix, else nil.
  func neighbour(towards division: String) -> String? {
    DivisionCode(division).flatMap(routes.route)
  }

  /// Whether a neighbour stands on an item's way.
  func isOnTheWay(_ peer: DivisionCode, of item: StoredItem) -> Bool {
    if identity.kind == .province {
      return [item.from, item.to].contains { neighbour(towards: $0) == "\(peer)" }
    }
    return uplinks.contains(peer)
      || DivisionCode(item.enteredAt).map(peer.contains) == true
      || item.to == "\(identity.division)" && identity.division.contains(peer)
  }

  /// Whether a neighbour stands on an item's way, where its side's events come from.
  func isOnTheWay(_ peer: DivisionCode, of item: StoredItem, _ side: EventSide) -> Bool {
    let isAbove = uplinks.contains(peer)
    func encloses(_ division: String) -> Bool {
      DivisionCode(division).map(peer.contains) ?? false
    }
    if identity.kind == .province {
      let asking = neighbour(towards: item.from) == "\(peer)"
      let asked = neighbour(towards: item.to) == "\(peer)"
      switch side {
      case .author, .asking: return asking
      case .asked, .answering: return asked
      case .relay, .doer, .party: return asking || asked
      }
    }
    switch side {
    case .author: return isAbove || encloses(item.enteredAt)
    // Given to another meanwhile, what the first has done still comes from it.
    case .answering:
      return isAbove || item.to == "\(identity.division)" && identity.division.contains(peer)
    case .doer, .party:
      return isOnTheWay(peer, of: item, .author) || isOnTheWay(peer, of: item, .answering)
    case .asking, .asked, .relay: return isAbove
    }
  }

  /// Whether a neighbour is to know of an item, as it stands now.
  func concerns(_ peer: DivisionCode, _ item: StoredItem) -> Bool {
    func encloses(_ division: String) -> Bool {
      DivisionCode(division).map(peer.contains) ?? false
    }
    switch identity.kind {
    case .township: return true
    case .county where uplinks.contains(peer): return item.times[.submitted] != 0
    case .county:
      return [item.enteredAt, item.assignedTo, item.takenFrom].contains(where: encloses)
    case .province:
      return neighbour(towards: item.from) == "\(peer)"
        || item.times[.relayed] != 0 && neighbour(towards: item.to) == "\(peer)"
    }
  }

  private func up(wholeHistory: Bool) -> [Parcel] {
    uplinks.map { Parcel(peer: "\($0)", wholeHistory: wholeHistory) }
  }

  private func county(
    _ kind: EventKind, _ item: StoredItem, _ former: String
  ) -> [Parcel] {
    let here = "\(identity.division)"
    var parcels: [Parcel] = []
    if item.from == here {
      if kind == .submitted {
        parcels += up(wholeHistory: true)
      } else if item.times[.submitted] != 0 {
        parcels += up(wholeHistory: false)
      }
      parcels += below(item.enteredAt, wholeHistory: false)
    } else if item.to == here {
      parcels += up(wholeHistory: false)
      // Also what is taken back can give it to another: to whom it was given before.
      let isMoved = kind == .assigned || kind == .takenBack
      let now = below(item.assignedTo, wholeHistory: isMoved)
      parcels += now
      let before = below(former, wholeHistory: false)
      if isMoved, before.first?.peer != now.first?.peer { parcels += before }
    }
    return parcels
  }

  /// The asked side hears of an item when this province relays it, and of everything after.
  private func province(
    _ kind: EventKind, _ item: StoredItem, isOwn: Bool
  ) -> [Parcel] {
    if kind == .entered || item.times[.relayed] == 0 && kind == .submitted { return [] }
    var parcels: [Parcel] = []
    if let asking = neighbour(towards: item.from) {
      parcels.append(Parcel(peer: asking, wholeHistory: false))
    }
    if item.times[.relayed] != 0, kind != .relayed || isOwn,
      let asked = neighbour(towards: item.to)
    {
      parcels.append(Parcel(peer: asked, wholeHistory: kind == .relayed))
    }
    return parcels
  }

  private func below(_ division: String, wholeHistory: Bool) -> [Parcel] {
    guard let code = DivisionCode(division)?.township, downlinks.contains(code) else { return [] }
    return [Parcel(peer: "\(code)", wholeHistory: wholeHistory)]
  }
}
