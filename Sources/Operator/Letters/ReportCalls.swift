public import ExchangeProtos
public import ExchangeRules

extension NodeSession {
  /// Makes the report of one's own office, of a month that is over, and sends it to the office above;
  /// one that was sent stays as it is.
  public func makeReport(
    _ kind: LetterKind, of month: CycleMonth
  ) async throws -> LetterSummary {
    var request = ReportRequest()
    request.kind = kind
    request.month = "\(month)"
    return try await call(Letters.report, request, seconds: 120)
  }

  /// How each office within a division stands with a report that it owes.
  public func reports(
    _ kind: LetterKind, of month: CycleMonth, in division: DivisionCode?
  ) async throws -> [ReportStanding] {
    var request = ReportsRequest()
    request.kind = kind
    request.month = "\(month)"
    request.of = division.map { "\($0)" } ?? ""
    return try await all(Letters.reports, request)
  }
}
