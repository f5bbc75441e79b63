import ExchangeRules
import ReferenceData
import TestSupport

/// Makes lives: who asks whom about whom, and what comes of it.
struct LifeMaker {
  private let world: World
  private let origins: Sampler
  private let asked: Sampler
  private var numbers: SeededNumbers

  /// The share of a county's items that goes to another province.
  private static let shareToOutside = 0.35
  /// The share that goes from the place of registration to the place of residence (S4.1: "or back").
  private static let shareBack = 0.15
  private static let shareOfQueries = 0.7
  /// Answers that say "found" and name no source: what G4 counts apart.
  private static let shareOfFiller = 0.06
  private static let notices: [Category] = [
    .birth, .birth, .maintenanceFee, .inflow, .outflow, .basic,
  ]

  init(world: World, seed: UInt64) {
    self.world = world
    origins = Sampler(World.origins.map { Double($0.persons) })
    asked = Sampler(world.inside.map(\.weight))
    numbers = SeededNumbers(seed: seed ^ 0x6c69_7665_73)
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &numbers) < share
  }

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &numbers)]
  }

  /// The life of the item that a schedule's entry submits.
  mutating func life(_ entry: Schedule.Entry) throws -> Life {
    let (from, to) = parties(entry)
    let isToHousehold = !chance(LifeMaker.shareBack)
    let isQuery = entry.isFirst || chance(LifeMaker.shareOfQueries)
    let category = isQuery ? Category.assist : pick(LifeMaker.notices)
    let person = Person.random(using: &numbers)
    let (near, far) = (dwelling(in: from), dwelling(in: to))
    let kind: ItemKind = isQuery ? .assistRequest : .serviceNotice
    let occurred = isQuery ? nil : entry.day.adding(days: -Int.random(in: 1...20, using: &numbers))
    let ruling = try ItemRuling(
      of: ItemFacts(
        kind: kind, category: category, currentlyPregnant: person.isPregnant, occurred: occurred,
        submitted: entry.day, profile: .provincial2009), calendar: .national)
    var life = Life(
      kind: kind, category: category, isToHousehold: isToHousehold, from: from.code, to: to.code,
      residence: isToHousehold ? near : far, household: isToHousehold ? far : near,
      person: person, ruling: ruling, submitted: entry.day, occurred: occurred)
    goOn(&life, with: to.manner)
    return life
  }

  /// From a county to another; at least one of them is the province's.
  private mutating func parties(_ entry: Schedule.Entry) -> (from: World.County, to: World.County) {
    guard let county = entry.county else {
      let from = pick(world.outside[origins.next(using: &numbers)])
      return (from, world.inside[asked.next(using: &numbers)])
    }
    if chance(LifeMaker.shareToOutside) {
      return (world.inside[county], pick(world.outside[origins.next(using: &numbers)]))
    }
    var to = asked.next(using: &numbers)
    while to == county { to = asked.next(using: &numbers) }
    return (world.inside[county], world.inside[to])
  }

  private mutating func dwelling(in county: World.County) -> Life.Dwelling {
    let township = pick(county.townships)
    return Life.Dwelling(
      township: township, village: pick(township.villages),
      house: Int.random(in: 1...300, using: &numbers))
  }

  // MARK: What comes of it

  private mutating func goOn(_ life: inout Life, with manner: Manner) {
    guard chance(manner.received) else { return }
    let closing = life.ruling.submissionCycle.receiptCycle.last
    var received = life.submitted.adding(
      days: min(Int.random(in: 0...4, using: &numbers), Int.random(in: 0...8, using: &numbers)))
    // Some look only when the cycle closes (S5.1).
    if chance(0.15) { received = max(received, closing.adding(days: -pick([0, 0, 1, 2]))) }
    life.received = happened(received)
    guard life.received != nil else { return }
    if life.ruling.response == .receive {
      life.closed = chance(0.5) ? happened(received.adding(days: 3)) : nil
      return
    }
    // Drawn also where nothing comes of it, so that one county's habits change nobody else's items.
    let fate = Double.random(in: 0..<1, using: &numbers)
    let reply = reply(to: life)
    let day = answerDay(life, received, closing, fate: fate, manner)
    if life.asked.township.isAsleep { return }
    guard let day, let answered = happened(day) else { return }
    life.answered = answered
    life.reply = reply
    life.closed =
      chance(0.8) ? happened(answered.adding(days: Int.random(in: 0...6, using: &numbers))) : nil
  }

  private mutating func answerDay(
    _ life: Life, _ received: CivilDate, _ closing: CivilDate, fate: Double, _ manner: Manner
  ) -> CivilDate? {
    func within(_ first: CivilDate, _ last: CivilDate) -> CivilDate {
      let days = max(0, first.days(until: last))
      return first.adding(days: Int.random(in: 0...days, using: &numbers))
    }
    let due = life.ruling.due
    switch fate {
    case ..<manner.inCycle where received <= closing: return within(received, closing)
    case ..<(manner.inCycle + manner.inTime):
      return within(
        min(max(received, closing.adding(days: 1)), max(due, received)), max(due, received))
    case ..<(manner.inCycle + manner.inTime + manner.late):
      return max(received, due).adding(days: Int.random(in: 1...40, using: &numbers))
    default: return nil
    }
  }

  private func happened(_ day: CivilDate) -> CivilDate? { day <= Schedule.end ? day : nil }

  private mutating func reply(to life: Life) -> Life.Reply {
    let finding: Finding =
      switch Double.random(in: 0..<1, using: &numbers) {
      case ..<0.80: .found
      case ..<0.92: .mismatch
      default: .notFound
      }
    let sources = SearchSource.householdOrder
    var steps = sources.map { SearchStep(source: $0, found: false, note: "") }
    if finding != .notFound {
      let place = pick([0, 0, 0, 1, 2])
      steps =
        Array(steps.prefix(place)) + [
          SearchStep(source: sources[place], found: true, note: "")
        ]
    }
    if finding == .found, chance(LifeMaker.shareOfFiller) { steps = [] }
    let remark = finding == .notFound ? "三处均未查到，村委会走访确认无此人" : ""
    let facts = AnswerFacts(
      finding: finding, remark: remark, steps: steps,
      answeredBy: life.isToHousehold ? .household : .residence,
      differenceCount: finding == .mismatch ? 1 : 0)
    return Life.Reply(
      finding: finding, steps: steps, remark: remark, hasDifference: finding == .mismatch,
      isSubstantiated: Substantiation.check(facts).isMet)
  }
}
