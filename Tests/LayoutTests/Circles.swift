/// The circles of a graph: the largest sets in which each can be reached from each.
enum Circles {
  /// - Parameter arrows: From and to, by name.
  /// - Returns: The circles of two or more, each sorted, in order.
  static func of(_ arrows: [(from: String, to: String)]) -> [[String]] {
    var next: [String: Set<String>] = [:]
    for arrow in arrows { next[arrow.from, default: []].insert(arrow.to) }
    let reached = next.mapValues { reachable(from: $0, by: next) }
    var circles: Set<[String]> = []
    for (start, places) in reached where places.contains(start) {
      let circle = places.filter { reached[$0]?.contains(start) == true }.sorted()
      if circle.count > 1 { circles.insert(circle) }
    }
    return circles.sorted { $0[0] < $1[0] }
  }

  private static func reachable(
    from start: Set<String>, by next: [String: Set<String>]
  ) -> Set<String> {
    var seen = start
    var waiting = Array(start)
    while let place = waiting.popLast() {
      for other in next[place] ?? [] where seen.insert(other).inserted { waiting.append(other) }
    }
    return seen
  }
}
