/// The events of an item, each behind all that its author had seen.
///
/// Of events that did not know of each other, the earlier step of an item's life comes first, then
/// the higher office, then the smaller digest: an order that depends on the events alone.
struct CausalOrder {
  private(set) var events: [HistoryEvent] = []
  /// For each event the places of all that come before it by its author's knowledge.
  private(set) var past: [EventSet] = []
  /// The place of each event.
  private(set) var places: [EventDigest: Int] = [:]
  /// Events of which something that they follow is missing, or that follow such.
  private var incomplete = EventSet()
  /// The events that no other follows, in order of their digests.
  private(set) var heads: [EventDigest] = []

  init(of all: [HistoryEvent]) {
    var known: [EventDigest: HistoryEvent] = [:]
    for event in all where known[event.digest] == nil { known[event.digest] = event }
    // Entries, and what was written before events named what they follow: those follow each other
    // in the order of an item's life.
    let unnamed = known.values.filter(\.follows.isEmpty)
    func predecessors(of event: HistoryEvent) -> [EventDigest] {
      guard event.follows.isEmpty else { return event.follows }
      return unnamed.filter {
        ($0.kind.rawValue, $0.at) < (event.kind.rawValue, event.at)
      }.map(\.digest)
    }
    var waiting = known.values.sorted(by: CausalOrder.precedes)
    while !waiting.isEmpty {
      let next = waiting.firstIndex { event in
        predecessors(of: event).allSatisfy { known[$0] == nil || places[$0] != nil }
      }
      // A digest cannot name itself, so there is always one; a forged circle ends the loop.
      guard let next else { break }
      let event = waiting.remove(at: next)
      var before = EventSet()
      var isIncomplete = event.kind != .entered && event.follows.isEmpty && events.isEmpty
      for predecessor in predecessors(of: event) {
        guard let place = places[predecessor] else {
          isIncomplete = true
          continue
        }
        before.insert(place)
        before.formUnion(past[place])
        if incomplete.contains(place) { isIncomplete = true }
      }
      if isIncomplete { incomplete.insert(events.count) }
      places[event.digest] = events.count
      past.append(before)
      events.append(event)
    }
    let followed = Set(events.flatMap { predecessors(of: $0) })
    heads = events.map(\.digest).filter { !followed.contains($0) }.sorted()
  }

  /// Whether all that an event's author had seen is known.
  func isComplete(at place: Int) -> Bool { !incomplete.contains(place) }

  private static func precedes(_ left: HistoryEvent, _ right: HistoryEvent) -> Bool {
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.division.utf8.count != right.division.utf8.count {
      return left.division.utf8.count < right.division.utf8.count
    }
    return left.digest < right.digest
  }
}

/// Some of the events of an order, by their places.
struct EventSet {
  private var words: [UInt64] = []

  var places: [Int] {
    words.indices.flatMap { word in
      (0..<64).filter { words[word] >> UInt64($0) & 1 == 1 }.map { word * 64 + $0 }
    }
  }

  func contains(_ place: Int) -> Bool {
    place / 64 < words.count && words[place / 64] >> UInt64(place % 64) & 1 == 1
  }

  mutating func insert(_ place: Int) {
    while words.count <= place / 64 { words.append(0) }
    words[place / 64] |= 1 << UInt64(place % 64)
  }

  mutating func formUnion(_ other: EventSet) {
    while words.count < other.words.count { words.append(0) }
    for word in other.words.indices { words[word] |= other.words[word] }
  }

  func intersection(_ other: EventSet) -> EventSet {
    var both = EventSet()
    both.words = zip(words, other.words).map { $0 & $1 }
    return both
  }
}
