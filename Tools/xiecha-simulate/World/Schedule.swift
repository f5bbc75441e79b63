import ExchangeRules
import ReferenceData
import TestSupport

/// When a year's items are submitted, and by which county: twelve cycles, fuller towards the 20th,
/// thin on days of rest, more after the spring festival.
struct Schedule {
  /// One submission.
  struct Entry {
    let day: CivilDate
    /// Its place in ``World/inside``; nil: a county of another province.
    let county: Int?
    /// The first of its county in its cycle.
    let isFirst: Bool
  }

  /// Places and days of a submission share 32 bits.
  static let largestItems = 100_000_000
  /// The last cycle of the year.
  static let lastCycle = SubmissionCycle("2026-10") ?? SubmissionCycle(containing: .latest)
  /// What would happen after this day has not happened yet.
  static let end = lastCycle.last.adding(days: 31)

  private static let months = 12
  /// The share of items that come in from other provinces.
  private static let shareFromOutside = 0.15
  /// The share of a county's cycles in which it submits nothing (S6.2).
  private static let shareOfSilence = 0.02

  private let packed: [UInt32]
  private let first: CivilDate

  init(world: World, seed: UInt64, items: Int) {
    var numbers = SeededNumbers(seed: seed ^ 0x7363_6865_64)
    var cycles = [Schedule.lastCycle]
    while cycles.count < Schedule.months, let first = cycles.first {
      cycles.insert(first.previous, at: 0)
    }
    let days = cycles.map { Schedule.days(of: $0) }
    let seasons = Sampler(cycles.map { [2, 3, 4].contains($0.month.month) ? 1.4 : 1.0 })
    let counties = Sampler(world.inside.map(\.weight))
    let isSilent = cycles.map { _ in
      world.inside.map { _ in Double.random(in: 0..<1, using: &numbers) < Schedule.shareOfSilence }
    }
    let start = cycles.first?.first ?? Schedule.end
    let outside = UInt32(world.inside.count)
    var packed: [UInt32] = []
    packed.reserveCapacity(items)
    while packed.count < items {
      let cycle = seasons.next(using: &numbers)
      let day = days[cycle].days[days[cycle].sampler.next(using: &numbers)]
      let isOutside = Double.random(in: 0..<1, using: &numbers) < Schedule.shareFromOutside
      let county = isOutside ? outside : UInt32(counties.next(using: &numbers))
      if !isOutside, isSilent[cycle][Int(county)] { continue }
      packed.append(UInt32(start.days(until: day)) << 16 | county)
    }
    packed.sort()
    self.packed = packed
    first = start
  }

  /// Each submission in the order of its day.
  func forEach(in world: World, _ body: (Entry) async throws -> Void) async rethrows {
    var seen: [SubmissionCycle?] = Array(repeating: nil, count: world.inside.count)
    for entry in packed {
      let day = first.adding(days: Int(entry >> 16))
      let county = Int(entry & 0xffff)
      guard county < world.inside.count else {
        try await body(Entry(day: day, county: nil, isFirst: false))
        continue
      }
      let cycle = SubmissionCycle(containing: day)
      let isFirst = seen[county] != cycle
      seen[county] = cycle
      try await body(Entry(day: day, county: county, isFirst: isFirst))
    }
  }

  /// The days of a cycle and how much is submitted on each.
  private static func days(of cycle: SubmissionCycle) -> (days: [CivilDate], sampler: Sampler) {
    let span = cycle.first.days(until: cycle.last)
    let days = (0...span).map { cycle.first.adding(days: $0) }
    let weights = days.map { day in
      let left = day.days(until: cycle.last)
      let rush = left < 4 ? 4.0 - Double(left) * 0.5 : 1.0
      let works = (try? WorkingCalendar.national.isWorkingDay(day)) ?? true
      return works ? rush : rush * 0.12
    }
    return (days, Sampler(weights))
  }
}

/// Draws places by their weights.
struct Sampler {
  private let sums: [Double]

  init(_ weights: [Double]) {
    var sum = 0.0
    sums = weights.map { weight in
      sum += weight
      return sum
    }
  }

  func next(using numbers: inout SeededNumbers) -> Int {
    let wanted = Double.random(in: 0..<(sums.last ?? 1), using: &numbers)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
