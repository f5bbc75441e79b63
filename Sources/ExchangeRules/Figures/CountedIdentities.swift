/// Which items each figure of a division counts: the way from a figure to its items.
public struct CountedIdentities<ID: Hashable & Sendable>: Sendable {
  /// The items of each figure, in the order in which they were counted; a figure without items is
  /// absent.
  public private(set) var items: [FigureMeasure: [ID]] = [:]
  /// The figures that the items make.
  public private(set) var figures: CycleFigures

  /// Nothing counted.
  public init(_ cycle: SubmissionCycle, asOf: CivilDate) {
    figures = CycleFigures(cycle, asOf: asOf)
  }

  /// Counts an item for each division of a level that it concerns.
  ///
  /// - Parameters:
  ///   - id: The item's identity.
  ///   - item: What the figures look at of it.
  ///   - level: The level.
  ///   - divisions: What is counted so far; an item of no division of these is passed over.
  public static func count(
    _ id: ID, _ item: CountedItem, at level: DivisionLevel,
    in divisions: inout [DivisionCode: CountedIdentities]
  ) {
    if let asking = FigureDivision.division(of: item.askingPlace, at: level) {
      divisions[asking]?.add(id, submitted: item)
    }
    if let asked = FigureDivision.division(of: item.askedPlace, at: level) {
      divisions[asked]?.add(id, asked: item)
    }
  }

  private mutating func add(_ id: ID, submitted item: CountedItem) {
    let before = figures[.submitted]
    figures.add(submitted: item)
    if figures[.submitted] > before { items[.submitted, default: []].append(id) }
  }

  private mutating func add(_ id: ID, asked item: CountedItem) {
    guard item.cycle == figures.cycle else { return }
    figures.add(asked: item)
    for measure in item.measures(asOf: figures.asOf) { items[measure, default: []].append(id) }
  }
}
