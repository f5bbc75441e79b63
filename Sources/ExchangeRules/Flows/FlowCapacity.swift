/// How many persons a place can take, held against those who come (S13.1).
public struct FlowCapacity: Hashable, Sendable {
  /// The set capacity, in persons.
  public let capacity: Int
  /// Who lives there at the end of the period.
  public let present: Int
  /// By how many they grew in the period; negative: they grew fewer.
  public let growth: Int

  /// A place at the end of a period.
  public init(capacity: Int, present: Int, growth: Int) {
    self.capacity = capacity
    self.present = present
    self.growth = growth
  }

  /// The warning: growth goes on as it was (interpretation).
  public var warning: CapacityWarning {
    if present > capacity { return .exceeded }
    let (next, overflows) = present.addingReportingOverflow(max(0, growth))
    return overflows || next > capacity ? .early : .none
  }
}
