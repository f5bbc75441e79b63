public import ExchangeProtos

/// Whom a combined query asks for, and why; the reason is needed where it asks for somebody (G2).
public struct AskedPerson: Sendable, Hashable {
  /// Her number as it is written anywhere; empty: any.
  public var citizenID: String
  /// Her name; empty: any.
  public var name: String
  /// Why it is asked.
  public var purpose: String

  /// Whom, and why.
  public init(citizenID: String = "", name: String = "", purpose: String = "") {
    self.citizenID = citizenID
    self.name = name
    self.purpose = purpose
  }
}

extension NodeSession {
  /// The items that meet every condition, the newest submission first; leaves a trace (G2).
  ///
  /// - Parameters:
  ///   - conditions: What is asked of the items.
  ///   - person: Whose they are.
  ///   - limit: At most so many; nil: all.
  ///   - cursor: Behind the item with this cursor; empty: from the newest.
  /// - Returns: The items, each with the cursor behind it.
  /// - Throws: The node's refusal.
  public func query(
    _ conditions: QueryConditions, of person: AskedPerson = AskedPerson(), limit: Int? = nil,
    after cursor: [UInt8] = []
  ) async throws -> [ListReply] {
    var request = QueryRequest()
    request.conditions = conditions
    request.citizenId = person.citizenID
    request.name = person.name
    request.purpose = person.purpose
    if let limit { request.limit = UInt32(clamping: limit) }
    request.after = cursor
    return try await all(Queries.run, request)
  }

  /// The queries that one's account has saved, by name.
  public func savedQueries() async throws -> [SavedQuery] {
    try await call(Queries.saved, SavedQueriesRequest()).queries
  }

  /// Saves a query, in place of one of the same name.
  public func save(_ conditions: QueryConditions, as name: String) async throws {
    var query = SavedQuery()
    query.name = name
    query.conditions = conditions
    _ = try await call(Queries.save, query)
  }

  /// Forgets a saved query; whether there was one of that name.
  public func forgetQuery(_ name: String) async throws -> Bool {
    var request = ForgetQueryRequest()
    request.name = name
    return try await call(Queries.forget, request).wasThere
  }
}
