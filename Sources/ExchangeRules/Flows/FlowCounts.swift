/// The persons who moved in a period, counted for the flow tables (S13.1).
///
/// Origin is where she is registered, destination where she lives. All tables count the same persons.
public struct FlowCounts: Hashable, Sendable {
  /// A person who moved.
  public struct Mover: Hashable, Sendable {
    /// The code of her household address.
    public var household: String
    /// The code of her residence.
    public var residence: String
    /// As entered.
    public var sex: Sex
    /// Nil where it is not known.
    public var birth: CivilDate?
    /// The code of her education; empty where it is not known.
    public var education: String
    /// The days on which she moved, by her records of in- and outflow.
    public var moves: [CivilDate]

    /// A person.
    public init(
      household: String, residence: String, sex: Sex, birth: CivilDate?, education: String,
      moves: [CivilDate]
    ) {
      self.household = household
      self.residence = residence
      self.sex = sex
      self.birth = birth
      self.education = education
      self.moves = moves
    }
  }

  /// The period and the level.
  public let release: FlowRelease
  private var counts: [FlowBeside: [String: [String: Int]]] = [:]

  /// Nobody counted.
  public init(_ release: FlowRelease) {
    self.release = release
  }

  /// Counts a person, once however often she moved; one who did not move in the period, or from one
  /// division of the level to another, is left out, and so is one whose addresses do not reach it.
  public mutating func add(_ mover: Mover) {
    guard mover.moves.contains(where: { (release.first...release.last).contains($0) }),
      let origin = FigureDivision.division(of: mover.household, at: release.level),
      let destination = FigureDivision.division(of: mover.residence, at: release.level),
      origin != destination
    else { return }
    let age = mover.birth.flatMap { AgeBand(birth: $0, on: release.last) }
    let columns: [FlowBeside: String] = [
      .destination: "\(destination)", .sex: "\(mover.sex.rawValue)",
      .age: age.map { "\($0)" } ?? "", .education: String(mover.education.prefix(1)),
    ]
    for (beside, column) in columns {
      counts[beside, default: [:]]["\(origin)", default: [:]][column, default: 0] += 1
    }
  }

  /// A table as it may be published; nil where fewer than five persons moved.
  public func table(by beside: FlowBeside) -> FlowTable<String, String>? {
    FlowTable(counts[beside] ?? [:])
  }
}
