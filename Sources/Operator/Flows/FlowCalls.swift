public import ExchangeProtos
public import ExchangeRules

extension NodeSession {
  /// Counts the flows of a period that is over and publishes them; what was published stays as it is.
  public func publishFlows(_ release: FlowRelease) async throws -> PublishedFlows {
    try await call(Flows.publish, FlowPeriod(release), seconds: 600)
  }

  /// The published flows of a period.
  public func flows(_ release: FlowRelease) async throws -> PublishedFlows {
    try await call(Flows.show, FlowPeriod(release))
  }

  /// The periods that are published, in their order.
  public func publishedPeriods() async throws -> [FlowPeriod] {
    try await all(Flows.list, FlowsRequest())
  }

  /// Sets how many persons a place can take; 0: nothing is set any more.
  public func setCapacity(_ division: DivisionCode, to persons: UInt64) async throws
    -> PlaceCapacity
  {
    var request = CapacityRequest()
    request.division = "\(division)"
    request.capacity = persons
    return try await call(Flows.setCapacity, request, seconds: 120)
  }

  /// The places with a capacity, held against who lives there.
  public func capacities() async throws -> [PlaceCapacity] {
    try await all(Flows.capacities, CapacitiesRequest())
  }
}

extension FlowPeriod {
  fileprivate init(_ release: FlowRelease) {
    self.init()
    first = release.first.yyyymmdd
    last = release.last.yyyymmdd
    level = release.level
  }
}
